// swift-tools-version: 6.2
import PackageDescription

// Feeds the readers with bytes that libFuzzer makes up: see README.md. Apart from the toolkit, since all of it is compiled
// anew with the fuzzer's instruments.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "seqtool", path: "../..")],
  targets: [
    .target(name: "FuzzReaders", dependencies: [.product(name: "SequenceToolkit", package: "seqtool")]),
    // In C, because the fuzzer brings main.
    .executableTarget(name: "fuzz-readers", dependencies: ["FuzzReaders"]),
  ],
  swiftLanguageModes: [.v6]
)
