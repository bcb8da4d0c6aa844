// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "predict",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "seqtool", path: "../..")],
  targets: [
    .executableTarget(name: "predict", dependencies: [.product(name: "SequenceToolkit", package: "seqtool")]),
    .executableTarget(name: "cell", dependencies: [.product(name: "SequenceToolkit", package: "seqtool")]),
    .executableTarget(name: "train", dependencies: [.product(name: "SequenceToolkit", package: "seqtool")]),
  ]
)
