import SeqCore
import SeqData
import SeqRecords
import Testing

/// Generated records in every format, and from every format to every other one.
@Suite struct RoundTripTests {
  private static let formats = DataFormat.allCases.filter(\.isWritten)

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Converts a file of the folder.
  /// - Returns: the error, if there is one.
  private func convert(
    _ source: String, _ from: DataFormat, _ target: String, _ to: DataFormat, isLossy: Bool
  ) throws -> SeqError? {
    try? FileSystem.remove(path(target))
    let writing = WritingOptions(format: to, isLossy: isLossy)
    do {
      _ = try Conversion(from: path(source), ReadingOptions(format: from), to: path(target), writing).run()
      return nil
    } catch {
      #expect(!FileSystem.exists(path(target)), "a refused conversion leaves nothing: \(error)")
      return error
    }
  }

  /// All bytes of a file, or of the files of a folder.
  private func content(_ name: String) throws -> [String: [UInt8]] {
    guard FileSystem.isFolder(path(name)) else { return ["": try FileSystem.read(path(name))] }
    var all: [String: [UInt8]] = [:]
    for file in FileSystem.names(in: path(name)) {
      for (inner, bytes) in try content(name + "/" + file) { all[file + "/" + inner] = bytes }
    }
    return all
  }

  /// What a mistake in the data may be that a conversion refuses, lossy or not.
  private func isRefusal(_ error: SeqError) -> Bool { error.kind == .data && !error.description.contains("internal") }

  /// JSON lines of generated records.
  private func records(_ round: Int) -> String {
    var generator = Seed(16).child("records", round).generator
    let plain = ["a", "é", "漢", "😀", "b"]
    let odd = [
      " ", "\t", "\r", "\n", "\r\n", "\"", "/", "\\", ",", "\0", "#", "__label__", "-DOCSTART-", "_", "\u{FEFF}", "|",
    ]
    let alphabet = round % 3 == 0 ? plain : plain + odd
    func text(_ least: Int = 0) -> String {
      (0..<least + generator.index(below: 4)).map { _ in alphabet[generator.index(below: alphabet.count)] }.joined()
    }
    let kind = generator.index(below: 4)
    return (0..<generator.index(below: 4)).map { _ in
      // One kind a file, and sometimes all kinds in one.
      let kind = round % 5 == 4 ? generator.index(below: 4) : kind
      switch kind {
      case 0:
        return "{\"text\":\(quoted(text()))"
          + (generator.index(below: 4) == 0 ? "}" : ",\"label\":\(quoted("x" + text()))}")
      case 1: return "{\"text\":\(quoted(text())),\"target\":\(quoted(text()))}"
      case 2:
        let tags = ["B", "I", "O", "B-x", "I-x", text(1)]
        let count = generator.index(below: 3) + (round % 7 == 0 ? 0 : 1)
        let tokens = (0..<count).map { _ in quoted(text(1)) }
        let named = (0..<count).map { _ in quoted(tags[generator.index(below: tags.count)]) }
        let label = generator.index(below: 3) == 0 ? ",\"label\":\"y\"" : ""
        let tagList = generator.index(below: 5) == 0 ? "" : ",\"tags\":[\(named.joined(separator: ","))]"
        return "{\"tokens\":[\(tokens.joined(separator: ","))]\(tagList)\(label)}"
      default:
        let label = generator.index(below: 2) == 0 ? "" : "t"
        return
          "{\"text\":\"a \(generator.index(below: 9)) b\",\"spans\":[{\"start\":0,\"end\":3,\"label\":\"\(label)\"}]}"
      }
    }.map { $0 + "\n" }.joined()
  }

  private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": json += "\\\(scalar)"
      case "\0"..<" ": json += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }

  /// A format reads what was written in it, and writes the same again.
  @Test(arguments: formats, [false, true])
  func whatWasWrittenIsWrittenAgain(format: DataFormat, isLossy: Bool) throws {
    var written = 0
    for round in 0..<150 {
      let json = records(round)
      try folder.write(json.utf8, to: "in.jsonl")
      if let error = try convert("in.jsonl", .jsonl, "one", format, isLossy: isLossy) {
        #expect(isRefusal(error), "\(error)")
        continue
      }
      written += 1
      let error = try convert("one", format, "two", format, isLossy: false)
      #expect(error == nil, "\(format) refuses what it wrote: \(error?.description ?? "") of \(json)")
      if error == nil { #expect(try content("one") == content("two"), "\(format) of \(json)") }
    }
    // Folders have a place for few of them: each record needs a label that can be a name.
    #expect(written >= 5)
  }

  /// What went from one format to another without a loss is the same in JSON lines as before.
  @Test(arguments: formats)
  func anyFormatBecomesAnyOther(from: DataFormat) throws {
    var written = 0
    for round in 0..<30 {
      let json = records(round)
      try folder.write(json.utf8, to: "in.jsonl")
      guard try convert("in.jsonl", .jsonl, "one", from, isLossy: true) == nil else { continue }
      for to in Self.formats {
        for isLossy in [false, true] {
          guard try convert("one", from, "two", to, isLossy: isLossy) == nil else { continue }
          written += 1
          let error = try convert("two", to, "three", to, isLossy: false)
          #expect(error == nil, "\(from) → \(to): \(error?.description ?? "") of \(json)")
          if error == nil { #expect(try content("two") == content("three"), "\(from) → \(to) of \(json)") }
        }
      }
    }
    #expect(written > 50)
  }

  /// A file without a record becomes one without a record, or is refused.
  @Test(arguments: formats) func noRecordsStayNone(format: DataFormat) throws {
    try folder.write([], to: "in.jsonl")
    if let error = try convert("in.jsonl", .jsonl, "one", format, isLossy: false) {
      #expect(error.kind == .data && error.description.contains("no records"))
      return
    }
    #expect(try readAll(path: path("one"), options: ReadingOptions(format: format), wanting: .everything).isEmpty)
    #expect(try convert("one", format, "two", .jsonl, isLossy: false) == nil)
    #expect(try content("two") == ["": []])
  }
}
