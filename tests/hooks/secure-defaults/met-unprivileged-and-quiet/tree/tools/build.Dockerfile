FROM golang:1.25
CMD ["make"]
