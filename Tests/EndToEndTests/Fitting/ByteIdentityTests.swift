import Foundation
import SeqTestSupport
import Testing

/// At each level of the CPU, a fit gives the same bytes on any number of threads, and when it was killed and taken up
/// again.
@Suite(.timeLimit(.minutes(30)))
struct ByteIdentityTests {
  /// What a fit is to be repeated with.
  struct Network: Sendable, CustomTestStringConvertible {
    let isTagging: Bool
    let cell: String
    let isBidirectional: Bool
    var others: [String] = []

    var testDescription: String {
      "\(isTagging ? "tagger" : "classifier"), \(cell), \(isBidirectional ? "two directions" : "one direction")"
    }

    /// Sizes that fill no vector, and batches of several shards.
    var overrides: [String] {
      [
        "model.cell=\(cell)", "model.bidirectional=\(isBidirectional)", "model.hidden=21", "model.embedding=13",
        "model.dropout=0.3", "training.batch={\"sequences\": 40}", "training.patience=0",
      ] + others
    }

    func workspace() throws -> Workspace { try isTagging ? .tagging(sentences: 120) : .classification(texts: 120) }
  }

  static let networks = [
    Network(
      isTagging: false, cell: "lstm", isBidirectional: true, others: ["model.layers=2", "model.pooling=attention"]),
    Network(isTagging: false, cell: "gru", isBidirectional: false, others: ["model.pooling=max"]),
    Network(isTagging: false, cell: "elman", isBidirectional: true),
    Network(isTagging: true, cell: "lstm", isBidirectional: false),
    Network(isTagging: true, cell: "gru", isBidirectional: true, others: ["model.layers=2"]),
    Network(isTagging: true, cell: "elman", isBidirectional: false),
    Network(
      isTagging: true, cell: "lstm-peephole", isBidirectional: true,
      others: ["model.layers=3", "model.connections=highway"]),
    Network(
      isTagging: false, cell: "lstm", isBidirectional: true,
      others: [
        "model.dropout={\"locked\":true,\"recurrent\":0.2,\"state\":0.2,\"zoneout\":0.1,\"word\":0.1}",
        "model.layers=2",
        "training.averaging={\"kind\":\"ema\",\"decay\":0.9}", "training.accumulate=2", "training.classWeights=sqrt",
        "model.chunk=3",
      ]),
    Network(
      isTagging: true, cell: "gru", isBidirectional: true,
      others: [
        "model.dropout={\"locked\":true,\"state\":0.3,\"zoneout\":0.2}", "training.focalGamma=1",
        "training.averaging={\"kind\":\"checkpoints\",\"last\":3}",
      ]),
    Network(
      isTagging: false, cell: "mut1", isBidirectional: false,
      others: ["model.layers=2", "model.connections=residual", "model.embedding=21"]),
  ]

  @Test(arguments: networks) func `threads change no byte`(network: Network) throws {
    let workspace = try network.workspace()
    for level in try CPULevel.available() {
      let one = try fit(network, in: workspace, threads: 1, level)
      for threads in 2...4 {
        let model = try fit(network, in: workspace, threads: threads, level)
        #expect(model == one, "\(threads) threads, \(level)")
      }
    }
  }

  @Test(arguments: networks) func `a kill changes no byte`(network: Network) throws {
    for level in try CPULevel.available() {
      let workspace = try network.workspace()
      let expected = try fit(network, in: workspace, epochs: 30, threads: 2, level)
      let killed = try start(network, in: workspace, into: "killed", epochs: 30, threads: 3, level)
      try killed.wait("third epoch") { $0.errorsSoFar.contains("epoch  3/30") }
      killed.signal(SIGKILL)
      #expect(try killed.finish().status == 137)
      let end = try start(network, in: workspace, into: "killed", epochs: 30, threads: 1, level, "--resume").finish()
      #expect(end.status == 0, "\(end.stderr)")
      #expect(end.stderr.contains("continuing after epoch "))
      #expect(try workspace.bytes("killed/model.safetensors") == expected, "\(level)")
    }
  }

  /// The model of a whole fit.
  private func fit(
    _ network: Network, in workspace: Workspace, epochs: Int = 3, threads: Int, _ level: String
  ) throws -> [UInt8] {
    let result = try start(network, in: workspace, into: "whole", epochs: epochs, threads: threads, level).finish()
    guard result.status == 0 else { throw Unexpected(result.stderr) }
    #expect(result.stderr.contains("\(threads) thread"), "\(result.stderr.prefix(200))")
    #expect(result.stderr.contains(", \(level)"), "\(result.stderr.prefix(200))")
    return try workspace.bytes("whole/model.safetensors")
  }

  private func start(
    _ network: Network, in workspace: Workspace, into output: String, epochs: Int, threads: Int, _ level: String,
    _ extra: String...
  ) throws -> Command {
    let overrides =
      network.overrides + ["training.epochs=\(epochs)", "training.threads=\(threads)", "output=\(output)"]
    return try workspace.start(
      ["fit", "config.json"] + overrides.flatMap { ["--set", $0] } + extra, environment: ["SEQTOOL_CPU": level])
  }
}
