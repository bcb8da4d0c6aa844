import SeqCore
import SeqData
import SeqTags
import SeqTestSupport
import Testing

/// Files in one format written in another, and back.
@Suite struct ConversionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func text(_ name: String) throws -> String {
    String(decoding: try FileSystem.read(path(name)), as: UTF8.self)
  }

  /// What converting some text gives: the new file, or the error with this folder left out.
  private func convert(
    _ content: String, _ from: DataFormat, to: DataFormat, _ change: (inout WritingOptions) -> Void = { _ in }
  ) throws -> String {
    try folder.write(content.utf8, to: "in")
    var writing = WritingOptions(format: to)
    change(&writing)
    do {
      _ = try Conversion(from: path("in"), ReadingOptions(format: from), to: path("out"), writing).run()
    } catch {
      return error.description.replacing(folder.path + "/", with: "")
    }
    return try text("out")
  }

  @Test func tablesKeepTheirColumnsAndWhatIsMissing() throws {
    let content = "id,text,label,note\n1,\"a, \"\"b\"\"\",x,\n2,\"two\nlines\",y,\"\"\n"
    #expect(try convert(content, .csv, to: .csv) == content)
    let tsv = "id\ttext\tlabel\tnote\n1\t\"a, \"\"b\"\"\"\tx\t\n2\t\"two\nlines\"\ty\t\"\"\n"
    #expect(try convert(content, .csv, to: .tsv) == tsv)
    #expect(try convert(tsv, .tsv, to: .csv) == content)
    let json = """
      {"text":"a, \\"b\\"","label":"x","id":"1","note":null}
      {"text":"two\\nlines","label":"y","id":"2","note":""}

      """
    #expect(try convert(content, .csv, to: .jsonl) == json)
    #expect(
      try convert(content, .csv, to: .labelled)
        == "in:2: labelled cannot express the column \"id\" (--lossy leaves it out)")
    #expect(try convert(content, .csv, to: .labelled) { $0.isLossy = true } == "x a, \"b\"\ny two lines\n")
  }

  @Test func conlluComesBackByteForByte() throws {
    let content = """
      # newdoc id = d
      # text = vámonos al mar
      1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_
      1\tvamos\tir\tVERB\tV\tMood=Imp\t0\troot\t_\t_
      2\tnos\t_\tPRON\tP\t_\t1\tobj\t_\t_
      2.1\tx\t_\tX\tX\t_\t_\t_\t_\t_

      # text = #
      1\t#\t_\tSYM\tS\t_\t0\troot\t_\tSpaceAfter=No


      """
    #expect(try convert(content, .conllu, to: .conllu) == content)
    #expect(
      try convert(content, .conllu, to: .inline) { $0.isLossy = true } == "vamos/VERB nos/PRON\n#/SYM\n")
    #expect(
      try convert(content, .conllu, to: .columns)
        == "in:3: columns cannot express comments, word ranges and empty nodes (--lossy leaves it out)\n"
        + "in:3: columns cannot express the other columns of the tokens (--lossy leaves it out)")
    #expect(
      try convert("a\tX\nb c\tY\n\n", .columns, to: .conllu) { $0.columns.tag = .name("XPOS") }
        == "1\ta\t_\t_\tX\t_\t_\t_\t_\t_\n2\tb c\t_\t_\tY\t_\t_\t_\t_\t_\n\n")
  }

  @Test(arguments: [
    (TagScheme.iob1, "I-x I-x O I-y B-y I-x"), (.iob2, "B-x I-x O B-y B-y B-x"), (.bioes, "B-x E-x O S-y S-y S-x"),
    (.bilou, "B-x L-x O U-y U-y U-x"), (.bmes, "B-x E-x O S-y S-y S-x"),
  ]) func schemes(scheme: TagScheme, tags: String) throws {
    func columns(_ tags: String) -> String { tags.split(separator: " ").map { "t DT \($0)\n" }.joined() + "\n" }
    for other in ["I-x I-x O I-y B-y I-x", "B-x I-x O B-y B-y B-x", "B-x E-x O S-y S-y S-x", "B-x L-x O U-y U-y U-x"] {
      #expect(try convert(columns(other), .columns, to: .columns) { $0.scheme = scheme } == columns(tags))
    }
    #expect(
      try convert("a NOUN\n", .columns, to: .columns) { $0.scheme = scheme }
        == "in:1: the tag \"NOUN\" marks no span, so it has no scheme (leave out --scheme)")
    #expect(try convert("a B\nb E\n", .columns, to: .columns) { $0.scheme = .iob2 } == "a B\nb I\n\n")
  }

  @Test func tagsBecomeSpansAndSpansTags() throws {
    let columns = "😀\tB-face\nNew\tB-city\nYork\tI-city\n\nhere\tO\n\n"
    let json = """
      {"text":"😀 New York","spans":[{"start":0,"end":1,"label":"face"},{"start":2,"end":10,"label":"city"}]}
      {"text":"here","spans":[]}

      """
    #expect(try convert(columns, .columns, to: .jsonl) { $0.asSpans = true } == json)
    #expect(try convert(json, .jsonl, to: .columns) == columns)
    #expect(
      try convert(json, .jsonl, to: .inline) { $0.scheme = .bioes }
        == "😀/S-face New/B-city York/E-city\nhere/O\n")
    #expect(try convert(json, .jsonl, to: .jsonl) == json)
    #expect(try convert(json, .jsonl, to: .lines) == "in:1: lines cannot express spans (--lossy leaves it out)")
  }

  @Test func linesCannotHoldEverything() throws {
    let cases: [(DataFormat, String, String)] = [
      (.labelled, #"{"text":"a","label":"two words"}"#, "labelled cannot express blanks in a label"),
      (.lines, #"{"text":"a\nb"}"#, "lines cannot express line ends in a text"),
      (
        .fasttext, #"{"text":"a __label__b","label":"x"}"#,
        "fasttext cannot express words of a text that begin with __label__"
      ),
      (.pairs, #"{"text":"a\tb","target":"c"}"#, "pairs cannot express tabs in a text"),
      (.inline, #"{"tokens":["a b"],"tags":["X"]}"#, "inline cannot express blanks in tokens"),
      (.inline, #"{"tokens":["a"],"tags":["X/Y"]}"#, "inline cannot express slashes in tags"),
      (.columns, #"{"tokens":["a\tb"],"tags":["X"]}"#, "columns cannot express tabs in tokens"),
      (.csv, #"{"tokens":["a b","c"]}"#, "csv cannot express tokens that contain white space"),
    ]
    for (format, json, message) in cases {
      let refusal = try convert(json, .jsonl, to: format)
      #expect(refusal.hasPrefix("in:1: \(message) (--lossy "), "\(refusal)")
    }
    #expect(
      try convert(#"{"text":"a"}"#, .jsonl, to: .labelled)
        == "in:1: no label, which labelled needs (--columns label=… names it)")
    #expect(!FileSystem.names(in: folder.path).contains { $0.hasSuffix(".partial") })
  }

  @Test func foldersAndParallelFilesComeBack() throws {
    let json = #"{"text":"a\nb\n","label":"x"}"# + "\n" + #"{"text":"c","label":"y z"}"# + "\n"
    try folder.write(json.utf8, to: "in.jsonl")
    func run(_ from: String, _ to: String, _ format: DataFormat? = nil) throws {
      _ = try Conversion(from: path(from), ReadingOptions(), to: path(to), WritingOptions(format: format)).run()
    }
    try run("in.jsonl", "classes", .folders)
    #expect(FileSystem.names(in: path("classes")) == ["x", "y z"])
    try run("classes", "out.jsonl")
    #expect(try text("out.jsonl") == json)
    #expect(throws: SeqError.self) { try run("in.jsonl", "classes", .folders) }
    let tagged = #"{"label":"go","tokens":["to","rome"],"tags":["O","B-city"]}"# + "\n"
    try folder.write(tagged.utf8, to: "in.jsonl")
    try run("in.jsonl", "parallel", .parallel)
    #expect(try text("parallel/seq.out") == "O B-city\n")
    try run("parallel", "out.jsonl")
    #expect(try text("out.jsonl") == tagged)
    try run("parallel", "out.jsonl.gz")
    try run("out.jsonl.gz", "again.jsonl")
    #expect(try text("again.jsonl") == tagged)
  }

  /// Any record that a format can express comes back from it as it was.
  @Test(arguments: DataFormat.allCases.filter(\.isWritten)) func whatIsNotRefusedComesBack(format: DataFormat) throws {
    var kept = 0
    for round in 0..<150 {
      var generator = Seed(3).child(format.rawValue, round).generator
      func word(_ alphabet: [String]) -> String {
        (0...generator.index(below: 3)).map { _ in alphabet[generator.index(below: alphabet.count)] }.joined()
      }
      let rare = round % 3 == 0 ? ["\n", "\t", " ", "\"", ",", "/", "__label__", "\r"] : []
      let alphabet = ["a", "é", "漢", "-", "#"] + rare
      var record = "{"
      if [.columns, .conllu, .inline].contains(format) || format == .parallel && round % 2 == 0 {
        record +=
          "\"tokens\":[\(quoted(word(alphabet))),\(quoted(word(alphabet)))],\"tags\":[\"X\",\(quoted(word(alphabet)))]"
      } else {
        record += "\"text\":\(quoted(word(alphabet)))"
        if format == .pairs {
          record += ",\"target\":\(quoted(word(alphabet)))"
        } else if format != .lines {
          record += ",\"label\":\(quoted(word(alphabet)))"
        }
      }
      let there = try convert(record + "}\n", .jsonl, to: format, in: "in.jsonl", "there")
      guard there == nil else {
        let reasons = ["cannot express", "empty", "expected a label"]
        #expect(reasons.contains { there?.contains($0) == true }, "\(there ?? "")")
        continue
      }
      kept += 1
      let back = try convert(nil, format, to: .jsonl, in: "there", "back.jsonl")
      #expect(back == nil)
      #expect(try text("back.jsonl") == record + "}\n", "\(format)")
      try FileSystem.remove(path("there"))
    }
    #expect(kept > 20)
  }

  /// - Returns: the error, if there is one.
  private func convert(
    _ content: String?, _ from: DataFormat, to: DataFormat, in source: String, _ target: String
  ) throws -> String? {
    if let content { try folder.write(content.utf8, to: source) }
    do {
      _ = try Conversion(
        from: path(source), ReadingOptions(format: from), to: path(target), WritingOptions(format: to)
      ).run()
      return nil
    } catch {
      return error.description
    }
  }

  private func quoted(_ text: String) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": json += "\\n"
      case "\r": json += "\\r"
      case "\t": json += "\\t"
      case "\"": json += "\\\""
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
