for file in scripts/_*.sh; do
  source "$file"
done
function tool() {
  case $1 in
    tests) _tests "$2" ;;
  esac
}
