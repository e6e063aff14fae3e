resource "github_actions_organization_permissions" "this" {
  enabled_repositories = "all"
  allowed_actions      = "selected"
  allowed_actions_config {
    github_owned_allowed = true
    patterns_allowed = [
      "docker/*",
      "pypa/gh-action-pypi-publish@*",
    ]
  }
}
