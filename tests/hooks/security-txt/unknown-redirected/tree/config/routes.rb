Rails.application.routes.draw do
  get "/healthcheck", to: "health#show"
  get "/.well-known/security.txt", to: redirect("https://vdp.billing-works.net/.well-known/security.txt")
end
