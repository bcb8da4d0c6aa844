import Foundation
import SeqCore
import SeqTestSupport
import SequenceToolkit
import Testing

/// Files that are damaged in hundreds of ways, with checksums that hide it: each is read or refused, and nothing traps.
@Suite(.timeLimit(.minutes(30)))
struct DamageTests {
  private static let numbers = [
    "-9223372036854775808", "9223372036854775807", "-1", "0", "1e308", "\"x\"", "null", "[]",
  ]

  /// Changes one thing in a file.
  private func damaged(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
    guard !bytes.isEmpty else { return [0] }
    var bytes = bytes
    let place = generator.index(below: generator.next() & 1 == 0 ? bytes.count : min(bytes.count, 200))
    switch generator.index(below: 5) {
    case 0: bytes[place] ^= 1 << UInt8(generator.index(below: 8))
    case 1: bytes.removeLast(bytes.count - place)
    case 2:
      let value: [[UInt8]] = [[0x40, 0x42, 0x0F, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80], [0, 0, 0xC0, 0x7F]]
      let start = place / 4 * 4
      if start + 4 <= bytes.count { bytes.replaceSubrange(start..<start + 4, with: value[generator.index(below: 4)]) }
    case 3: bytes += [UInt8](repeating: 0x20, count: 1 + generator.index(below: 40))
    default:
      let digits = bytes.indices.filter { 0x30...0x39 ~= bytes[$0] }
      guard !digits.isEmpty else { return bytes }
      let start = digits[generator.index(below: digits.count)]
      let end = bytes[start...].firstIndex { !(0x30...0x39 ~= $0) } ?? bytes.count
      bytes.replaceSubrange(start..<end, with: Self.numbers[generator.index(below: Self.numbers.count)].utf8)
    }
    return bytes
  }

  /// Calls `body` with the folder damaged in one file, time after time; the folder is whole again afterwards.
  private func forEachDamage(
    of folder: String, in workspace: Workspace, count: Int, seed: UInt64, _ body: (String) throws -> Void
  ) throws {
    var generator = SplitMix64(seed)
    let names = workspace.files(folder).filter { !$0.hasSuffix(".md") && !$0.hasSuffix(".csv") && $0 != "metrics.json" }
    let originals = try Dictionary(uniqueKeysWithValues: names.map { ($0, try workspace.bytes(folder + "/" + $0)) })
    for _ in 0..<count {
      let name = names[generator.index(below: names.count)]
      try workspace.write(damaged(originals[name] ?? [], &generator), to: folder + "/" + name)
      if name != "checksums.txt", originals["checksums.txt"] != nil {
        try ChecksumList.write(to: workspace.path + "/" + folder)
      }
      try body(name)
      for (name, bytes) in originals { try workspace.write(bytes, to: folder + "/" + name) }
    }
  }

  private func isRead(_ body: () throws -> Void) throws -> Bool {
    do { try body() } catch let error as SeqError {
      // The mistakes, how many more there are, and what to do.
      #expect(error.kind != .internalFault && error.diagnostics.count <= SeqError.listLimit + 2)
      return false
    }
    return true
  }

  @Test(arguments: [true, false]) func `a damaged model is read or refused`(isTagger: Bool) throws {
    let original = try isTagger ? Fixture.tagger() : Fixture.classifier()
    let workspace = try Workspace()
    for name in original.files("model") { try workspace.write(original.bytes("model/" + name), to: "model/" + name) }
    var refused = 0
    try forEachDamage(of: "model", in: workspace, count: 120, seed: 1) { _ in
      let isRead = try isRead {
        let model = try Model(contentsOf: workspace.path + "/model", threads: 1)
        _ = model.predict(["fly to oslo", "", "soup"])
      }
      if !isRead { refused += 1 }
    }
    #expect(refused > 20)
  }

  @Test(arguments: [true, false]) func `a damaged cache is made anew or is still one`(isTagger: Bool) throws {
    let workspace = try isTagger ? Workspace.tagging() : Workspace.classification()
    let settings = ["data.storage=disk", "data.cache=\(workspace.path)/cache", "training.epochs=1"]
    try Fixture.fit(workspace, "config.json", settings)
    try forEachDamage(of: "cache", in: workspace, count: 60, seed: 2) { name in
      let isRead = try isRead { try Fixture.fit(workspace, "config.json", settings) }
      #expect(isRead, "\(name)")
    }
  }

  /// Numbers that the checksums agree with, but no data has.
  @Test func `a cache of impossible numbers is made anew, with a warning`() throws {
    let workspace = try Workspace.tagging()
    let settings = ["data.storage=disk", "data.cache=\(workspace.path)/cache", "training.epochs=1"]
    try Fixture.fit(workspace, "config.json", settings)
    for file in ["train.ids", "train.labels", "dev.labels", "train.starts"] {
      let original = try workspace.bytes("cache/" + file)
      try workspace.write(original.prefix(20) + [0x40, 0x42, 0x0F, 0] + original.dropFirst(24), to: "cache/" + file)
      try ChecksumList.write(to: workspace.path + "/cache")
      let warnings = Warnings()
      _ = try ReadingNotes(warn: warnings.add).collecting { try Fixture.fit(workspace, "config.json", settings) }
      let found = warnings.found
      let message = "/cache/\(file): is damaged: it holds impossible numbers (the cache was rebuilt)"
      #expect(found.count == 1 && found.first?.hasSuffix(message) == true)
      #expect(try workspace.bytes("cache/" + file) == original)
    }
  }

  @Test func `a damaged checkpoint is resumed or refused`() throws {
    let workspace = try Workspace.classification()
    let settings = ["training.epochs=4", "training.patience=0"]
    let stopping = StopAfterEpochs(2)
    var hooks = Experiment.Hooks()
    hooks.onEvent = stopping.take
    hooks.shouldStop = { stopping.isDone }
    try Fixture.fit(workspace, "config.json", settings, hooks: hooks)
    try workspace.copy("model", to: "kept")
    var refused = 0
    try forEachDamage(of: "model/checkpoint", in: workspace, count: 60, seed: 3) { _ in
      if try !isRead({ try Fixture.fit(workspace, "config.json", settings, resume: true) }) { refused += 1 }
      try workspace.remove("model")
      try workspace.copy("kept", to: "model")
    }
    #expect(refused > 10)
  }
}

/// Warnings, from whatever thread.
private final class Warnings: @unchecked Sendable {
  private let lock = NSLock()
  private var lines: [String] = []
  @Sendable func add(_ line: String) { lock.withLock { lines.append(line) } }
  var found: [String] { lock.withLock { lines } }
}

/// Asks a fit to stop after some epochs.
private final class StopAfterEpochs {
  private var left: Int
  init(_ count: Int) { left = count }
  func take(_ event: TrainingEvent) { if case .epochEnded = event { left -= 1 } }
  var isDone: Bool { left <= 0 }
}
