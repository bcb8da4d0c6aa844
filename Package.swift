// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A library module of the package, and its tests. Arrows between modules point down only: see docs/explanation/architecture.md.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = [],
  link: [LinkerSetting] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings, linkerSettings: link),
    .testTarget(
      name: name + "Tests", dependencies: [.byName(name: name), "SeqTestSupport"] + dependencies + testing,
      resources: [], swiftSettings: [.enableUpcomingFeature("ExistentialAny")]),
  ]
}

let libm: LinkerSetting = .linkedLibrary("m", .when(platforms: [.linux]))

let package = Package(
  name: "seqtool",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .executable(name: "seqtool", targets: ["seqtool"]),
    .library(name: "SequenceToolkit", targets: ["SequenceToolkit"]),
    // For the package of benchmarks; what starts with a C is no promise to others.
    .library(name: "CSeqKernels", targets: ["CSeqKernels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // C: what must be vectorised, the worker threads, a call that Swift cannot make, and three system libraries.
    .target(name: "CSeqKernels", linkerSettings: [libm]),
    .target(name: "CSeqThreads"),
    .target(name: "CSeqFiles"),
    .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"]), .brew(["libcsv"])]),
    .systemLibrary(name: "CIconv"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CMallocCounter", path: "Tests/Support/CMallocCounter"),
    .target(
      name: "SeqTestSupport", dependencies: ["SeqCore"], path: "Tests/Support/SeqTestSupport"),
  ]
    + module("SeqCore", ["CSeqFiles"])
    + module("SeqConfig", ["SeqCore"])
    + module("SeqTensor", ["SeqCore", "CSeqKernels", "CSeqThreads"], link: [libm])
    + module("SeqText", ["SeqCore", "SeqConfig"])
    + module(
      "SeqData", ["SeqCore", "SeqConfig", "SeqText", "SeqMetrics", "CLibCSV", "CZlib", "CIconv"],
      link: [.linkedLibrary("iconv", .when(platforms: [.macOS]))])
    + module("SeqMetrics", link: [libm])
    // Which config suits which data: for `init` and for fits from memory.
    + module("SeqRecipes", ["SeqText", "SeqData", "SeqMetrics"])
    + module(
      "SeqInspect", ["SeqCore", "SeqConfig", "SeqText", "SeqData", "SeqMetrics", "SeqRecipes"], link: [libm])
    + module("SeqFetch", ["SeqCore"])
    + module("SeqLayers", ["SeqCore", "SeqConfig", "SeqTensor"], testing: ["SeqReference"])
    + module(
      "SeqModel", ["SeqCore", "SeqConfig", "SeqTensor", "SeqLayers"], testing: ["SeqReference", "CMallocCounter"])
    + module("SeqBaseline", ["SeqCore", "SeqConfig", "SeqTensor"], link: [libm])
    // The network again, slow and in double precision: what gradients are checked against.
    + module("SeqReference", link: [libm])
    + module(
      "SeqTraining",
      ["SeqCore", "SeqConfig", "SeqTensor", "SeqLayers", "SeqModel", "SeqData", "CSeqKernels"],
      testing: ["SeqReference", "CMallocCounter"],
      link: [libm])
    + module(
      "SequenceToolkit",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqData", "SeqMetrics", "SeqLayers", "SeqModel", "SeqTraining",
        "SeqBaseline", "SeqReference", "SeqRecipes",
      ], link: [libm])
    + [
      .executableTarget(
        name: "seqtool",
        dependencies: [
          "SequenceToolkit", "SeqCore", "SeqConfig", "SeqText", "SeqData", "SeqMetrics", "SeqRecipes", "SeqInspect",
          "SeqFetch",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
      .testTarget(name: "EndToEndTests", dependencies: ["seqtool", "SeqTestSupport"]),
      .testTarget(name: "ExampleTests", dependencies: ["seqtool", "SequenceToolkit", "SeqTestSupport"]),
    ],
  swiftLanguageModes: [.v6]
)
