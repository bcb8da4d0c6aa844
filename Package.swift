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
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency]? = [],
  link: [LinkerSetting] = []
) -> [Target] {
  let target = Target.target(name: name, dependencies: dependencies, swiftSettings: settings, linkerSettings: link)
  guard let testing else { return [target] }
  return [
    target,
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
    // A fitted model and its answers, without what trains: it links no library of the system.
    .library(name: "SeqInference", targets: ["SeqInference"]),
    // Gradients, checked and traced.
    .library(name: "SeqDiagnostics", targets: ["SeqDiagnostics"]),
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
    // Schemes of tags, and the spans that tags mark.
    + module("SeqTags", testing: ["SeqCore", "SeqMetrics"])
    // Sequences in memory: as records, and as ids.
    + module("SeqRecords", ["SeqCore", "SeqText", "SeqTags"], testing: nil)
    // Files of records, in all formats.
    + module(
      "SeqData", ["SeqCore", "SeqConfig", "SeqText", "SeqTags", "SeqRecords", "CLibCSV", "CZlib", "CIconv"],
      link: [.linkedLibrary("iconv", .when(platforms: [.macOS]))])
    + module("SeqMetrics", ["SeqTags"], testing: ["SeqCore", "SeqReport"], link: [libm])
    // Tables and pictures.
    + module("SeqReport", ["SeqCore", "SeqMetrics"])
    // Which config suits which data: for `init` and for fits from memory.
    + module("SeqRecipes", ["SeqText", "SeqTags", "SeqRecords", "SeqData"])
    + module(
      "SeqInspect",
      [
        "SeqCore", "SeqConfig", "SeqText", "SeqTags", "SeqRecords", "SeqData", "SeqReport", "SeqRecipes",
      ], link: [libm])
    + module("SeqFetch", ["SeqCore"])
    + module("SeqLayers", ["SeqCore", "SeqConfig", "SeqTensor"], testing: ["SeqReference"])
    + module(
      "SeqModel", ["SeqCore", "SeqConfig", "SeqTensor", "SeqLayers"], testing: ["SeqReference", "CMallocCounter"])
    // Networks run over datasets on a team of threads.
    + module("SeqPrediction", ["SeqCore", "SeqTensor", "SeqLayers", "SeqModel", "SeqRecords"], testing: nil)
    + module("SeqBaseline", ["SeqCore", "SeqConfig", "SeqTensor"], link: [libm])
    // The network again, slow and in double precision: what gradients are checked against.
    + module("SeqReference", link: [libm])
    + module(
      "SeqTraining",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqLayers", "SeqModel", "SeqRecords", "SeqPrediction", "CSeqKernels",
      ],
      testing: ["SeqData", "SeqReference", "CMallocCounter"],
      link: [libm])
    // Texts and records as a model reads them: tokens, features, ids. What a model keeps of a config.
    + module(
      "SeqEncoding",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqTags", "SeqRecords", "SeqLayers", "SeqModel", "SeqBaseline",
      ], testing: nil)
    // A model from its folder, and its answers.
    + module(
      "SeqInference",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqTags", "SeqRecords", "SeqLayers", "SeqModel", "SeqBaseline",
        "SeqPrediction", "SeqEncoding",
      ], testing: nil, link: [libm])
    // Fits and their scores.
    + module(
      "SeqExperiment",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqTags", "SeqRecords", "SeqData", "SeqMetrics", "SeqLayers",
        "SeqModel", "SeqTraining", "SeqBaseline", "SeqPrediction", "SeqEncoding", "SeqInference", "SeqRecipes",
      ], testing: nil, link: [libm])
    // The gradients of a model, checked and traced.
    + module(
      "SeqDiagnostics",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqTags", "SeqRecords", "SeqData", "SeqMetrics", "SeqLayers",
        "SeqModel", "SeqTraining", "SeqPrediction", "SeqEncoding", "SeqInference", "SeqExperiment", "SeqReport",
        "SeqReference",
      ], link: [libm])
    + module(
      "SequenceToolkit",
      [
        "SeqCore", "SeqConfig", "SeqTensor", "SeqText", "SeqTags", "SeqRecords", "SeqData", "SeqMetrics", "SeqLayers",
        "SeqModel",
        "SeqTraining", "SeqPrediction", "SeqEncoding", "SeqInference", "SeqExperiment", "SeqRecipes",
      ], testing: ["SeqDiagnostics", "SeqLayers", "SeqBaseline", "SeqReference", "SeqReport"], link: [libm])
    + [
      .executableTarget(
        name: "seqtool",
        dependencies: [
          "SequenceToolkit", "SeqDiagnostics", "SeqCore", "SeqConfig", "SeqText", "SeqTags", "SeqRecords", "SeqData",
          "SeqMetrics", "SeqReport", "SeqEncoding", "SeqInference", "SeqExperiment", "SeqRecipes", "SeqInspect",
          "SeqFetch",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: settings),
      .testTarget(name: "EndToEndTests", dependencies: ["seqtool", "SeqTestSupport"]),
      .testTarget(name: "ExampleTests", dependencies: ["seqtool", "SequenceToolkit", "SeqTestSupport"]),
    ],
  swiftLanguageModes: [.v6]
)
