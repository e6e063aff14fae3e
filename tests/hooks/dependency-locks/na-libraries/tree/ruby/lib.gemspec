Gem::Specification.new do |s|
  s.name = "lib"
  s.add_dependency "rack", "~> 3"
end
