import SeqTestSupport
import Testing

/// What `fit` and `eval` say of data that is wrong.
struct DataMistakeTests {
  @Test(arguments: [
    (
      "text,label\na b,x\nc\nd,y,z\ne,\n",
      [
        "3:2: 1 column, expected 2 (text, label)",
        "4:5: 3 columns, expected 2 (text, label) (quote fields that contain commas)",
        "5:3: the label is empty",
      ]
    ),
    (
      "text,label\n\"a\"b,x\nc,y\n",
      [
        "2:4: text after the closing quote mark of the field that opens at 2:1 (double the quote marks inside a quoted "
          + "field, or set \"quoting\": false)"
      ]
    ),
    (
      "text,label\nc,y\n\"open,x\nd,x\n",
      ["3:1: the quote mark that opens this field is never closed (close it, or set \"quoting\": false)"]
    ),
    (
      "txt,label\na,x\n",
      [
        "1: no column \"text\", found \"txt\", \"label\" — did you mean \"txt\"? "
          + "(say which column is the text: \"columns\": {\"text\": …})"
      ]
    ),
    ("", [" the file is empty, expected a header row"]),
    ("text,label\n", [" no records after the header"]),
    ("text,label\na,x\nb,x\n", [" every label is \"x\": there is nothing to distinguish"]),
  ])
  func aTablesMistakesAreToldWithTheirPlaces(content: String, messages: [String]) throws {
    let workspace = try Workspace.classification()
    try workspace.write(content, to: "train.csv")
    expectErrors(try workspace.seqtool("fit", "-q", "config.json"), 65, messages.map { "train.csv:" + $0 })
    #expect(!workspace.exists("model"))
  }

  @Test func aFileOfCurlyQuotesIsRecognised() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\nit".utf8 + [0x92] + "s,x\n".utf8, to: "train.csv")
    expectErrors(
      try workspace.seqtool("fit", "-q", "config.json"), 65,
      ["train.csv:2:3: byte 0x92 is not UTF-8 (if the file is Windows-1252, say so: \"encoding\": \"windows-1252\")"])
  }

  @Test func aLatin1FileIsRecognised() throws {
    let workspace = try Workspace.classification()
    try workspace.write("text,label\ncaf".utf8 + [0xE9] + ",x\n".utf8, to: "train.csv")
    expectErrors(
      try workspace.seqtool("fit", "-q", "config.json"), 65,
      ["train.csv:2:4: byte 0xE9 is not UTF-8 (if the file is Latin-1, say so: \"encoding\": \"latin-1\")"])
  }

  @Test(arguments: [
    ("a\tO\nb\n\nc\tB-x\n", "2:2: 1 column, expected 2 as in line 1"),
    ("a\tO\nb\t\n\nc\tB-x\n", "2:3: the tag is empty"),
    ("a\tO\nb\tO\n", " every tag is \"O\": there is nothing to distinguish"),
    ("", " no sentences"),
  ])
  func aSentencesMistakesAreToldWithTheirPlaces(content: String, message: String) throws {
    let workspace = try Workspace.tagging()
    try workspace.write(content, to: "train.conll")
    expectErrors(try workspace.seqtool("fit", "-q", "config.json"), 65, ["train.conll:" + message])
  }

  @Test func filesMustExist() throws {
    let workspace = try Workspace.classification()
    for name in ["train.csv", "dev.csv", "test.csv"] {
      try workspace.copy(name, to: "aside")
      try workspace.remove(name)
      expectErrors(try workspace.seqtool("fit", "-q", "config.json"), 66, ["\(name): no such file"])
      try workspace.copy("aside", to: name)
      try workspace.remove("aside")
    }
  }

  @Test func aLabelledFileOfAnotherShapeIsRefusedByEval() throws {
    let workspace = try Fitted.classifier()
    try workspace.write("fly\tO\n", to: "other.conll")
    let result = try workspace.seqtool("eval", "other.conll")
    #expect(result.status == 65)
    let start = "error: other.conll: format columns holds no labels ("
    #expect(result.complaints.first?.hasPrefix(start) == true)
    expectErrors(try workspace.seqtool("eval", "none.csv"), 66, ["none.csv: no such file"])
    let lines = try workspace.seqtool("tag", "none.txt")
    expectErrors(lines, 66, ["none.txt: no such file"])
    expectErrors(
      try workspace.seqtool("tag", "model"), 66,
      ["model: is a model's folder, expected a file of texts (to use the model: --model model)"])
  }
}
