variable "db_password" {
  type    = string
  default = "shop2026"
}
variable "password_length" {
  default = "12"
}
resource "aws_db_instance" "main" {
  master_password = "shop2026"
  username        = var.user
  password        = "${var.db_password}"
}
