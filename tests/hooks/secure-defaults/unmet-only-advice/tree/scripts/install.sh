curl -fsSLk https://files.example.org/x -o x
wget --no-check-certificate https://files.example.org/y
git -c http.sslVerify=false clone https://git.example.org/z
npm config set strict-ssl false
export GIT_SSL_NO_VERIFY=1
