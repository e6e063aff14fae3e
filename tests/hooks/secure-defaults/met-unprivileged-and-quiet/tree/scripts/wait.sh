curl -ks https://localhost:8443/health
