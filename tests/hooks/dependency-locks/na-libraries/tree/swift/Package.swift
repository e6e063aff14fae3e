// swift-tools-version:5.9
let package = Package(
  name: "Lib",
  products: [.library(name: "Lib", targets: ["Lib"])],
  dependencies: [.package(url: "https://github.com/apple/swift-log.git", from: "1.0.0")]
)
