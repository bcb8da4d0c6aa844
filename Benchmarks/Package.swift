// swift-tools-version: 6.2
import PackageDescription

// Measures the public library and the kernels from outside, as another package would use them. `make bench` runs it.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "seqtool", path: "..")],
  targets: [
    .target(name: "CMachinePeak"),
    .target(
      name: "CKernelRates", dependencies: ["CMachinePeak", .product(name: "CSeqKernels", package: "seqtool")]),
    .executableTarget(
      name: "seqbench",
      dependencies: [
        "CKernelRates", "CMachinePeak", .product(name: "SequenceToolkit", package: "seqtool"),
      ],
      swiftSettings: [
        .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
      ]),
    .executableTarget(name: "measure"),
  ],
  swiftLanguageModes: [.v6]
)
