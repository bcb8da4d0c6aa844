// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "app",
  platforms: [.iOS(.v18), .macOS(.v15)],
  products: [
    .library(name: "ClassifyScreen", targets: ["ClassifyScreen"]),
    .executable(name: "Classify", targets: ["Classify"]),
  ],
  dependencies: [.package(name: "seqtool", path: "../..")],
  targets: [
    .target(
      name: "ClassifyScreen", dependencies: [.product(name: "SeqInference", package: "seqtool")],
      resources: [.copy("Model")]),
    .executableTarget(name: "Classify", dependencies: ["ClassifyScreen"]),
  ]
)
