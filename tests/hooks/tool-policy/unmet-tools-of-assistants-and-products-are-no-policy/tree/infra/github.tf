resource "github_actions_repository_permissions" "x" {
  allowed_actions = "all"
}
