User.create!(
  email: "admin@example.org",
  role: "admin",
  password: "correcthorse",
)
