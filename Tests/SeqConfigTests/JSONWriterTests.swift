import SeqConfig
import SeqCore
import Testing

@Suite("JSON is written")
struct JSONWriterTests {
  @Test func prettyTextIsStable() throws {
    let node: ConfigNode = [
      "task": "tagging",
      "model": ["hidden": 128, "dropout": 0.25, "sizes": [1, 2.5, "x"], "none": [], "nothing": [:]],
      "objects": [["a": 1], [:]], "missing": .null,
    ]
    let expected = """
      {
        "task": "tagging",
        "model": {
          "hidden": 128,
          "dropout": 0.25,
          "sizes": [1, 2.5, "x"],
          "none": [],
          "nothing": {}
        },
        "objects": [
          {
            "a": 1
          },
          {}
        ],
        "missing": null
      }
      """
    #expect(try node.json() == expected)
  }

  @Test func compactTextIsOneLine() throws {
    let node = ConfigNode.object([("accuracy", 0.5), ("tags", ["a\nb", true]), ("n", .integer(3))])
    #expect(try node.json(.compact) == #"{"accuracy":0.5,"tags":["a\nb",true],"n":3}"#)
  }

  @Test func longListsTakeOneLineAnElement() throws {
    let node = ConfigNode.array((0..<60).map(ConfigNode.integer))
    #expect(try node.json().hasPrefix("[\n  0,\n  1,\n"))
  }

  static let numbers: [(Double, String)] = [
    (0.002, "0.002"), (5, "5"), (-0.0, "-0"), (0.1 + 0.2, "0.30000000000000004"), (1e21, "1e+21"),
    (.leastNonzeroMagnitude, "5e-324"),
    (0.00001, "1e-05"), (1e15, "1000000000000000"),
  ]

  @Test(arguments: numbers) func numbersAreShortest(number: Double, text: String) throws {
    #expect(try ConfigNode.real(number).json() == text)
    #expect(try ConfigNode(json: text).doubleValue?.bitPattern == number.bitPattern)
  }

  @Test func textsAreEscaped() throws {
    #expect(
      try ConfigNode.string("\"\\\n\r\t\u{0}\u{1F}\u{7F}\u{85}\u{2028}é😀/").json()
        == #""\"\\\n\r\t\u0000\u001f\u007f\u0085\u2028é😀/""#)
  }

  @Test func numbersThatAreNotFiniteAreRefused() throws {
    let node: ConfigNode = ["dev": ["loss": [1, .real(.nan)]]]
    #expect(
      message { _ = try node.json() } == "dev.loss[1]: expected a finite number, the only kind that JSON has; found nan"
    )
    #expect(
      try ConfigNode.array([.realOrNull(.infinity), .realOrNull(nil), .realOrNull(1)]).json() == "[null, null, 1]")
  }

  @Test(arguments: [ConfigNode.JSONStyle.pretty, .compact]) func randomTreesComeBack(style: ConfigNode.JSONStyle) throws
  {
    var generator = Seed(5).generator
    for _ in 0..<500 {
      let node = randomNode(&generator)
      let text = try node.json(style)
      let again = try ConfigNode(json: text)
      #expect(again == node)
      #expect(try again.json(style) == text)
      if style == .compact { #expect(!text.contains { $0.isNewline }) }
    }
  }

  @Test func equalityIgnoresPlacesAndOrder() throws {
    let node = try ConfigNode(json: #"{"b": 5.0, "a": [1]}"#, file: "config.json")
    #expect(node == ["a": [1], "b": 5])
    #expect(node != ["a": [1], "b": 5.5])
    #expect(node != ["a": [1], "c": 5])
    #expect(ConfigNode.bool(true) != 1)
    #expect(ConfigNode.integer(1 << 53 + 1) != .real(0x1p53))
  }
}
