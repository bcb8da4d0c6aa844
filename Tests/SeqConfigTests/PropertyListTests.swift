import SeqConfig
import SeqCore
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A config as Foundation writes it.
private struct Sample: Encodable {
  var task = "tagging"
  var data = ["train": "é日😀 <&> \"quoted\".csv", "dev": ""]
  var model = Model()
  var wide = "日本"
  var long = String(repeating: "ab", count: 20)

  struct Model: Encodable {
    var hidden = 128
    var large = 5_000_000_000
    var negative = -7
    var dropout = 0.25
    var bidirectional = true
    var off = false
    var sizes = Array(0..<20)
    var mixed = [[1.5], []]
  }

  static let json = """
    {"task": "tagging", "data": {"train": "é日😀 <&> \\"quoted\\".csv", "dev": ""}, "wide": "日本",
     "long": "abababababababababababababababababababab",
     "model": {"hidden": 128, "large": 5000000000, "negative": -7, "dropout": 0.25, "bidirectional": true,
       "off": false, "sizes": [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19], "mixed": [[1.5], []]}}
    """

  static func encoded(isBinary: Bool) throws -> [UInt8] {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = isBinary ? .binary : .xml
    return try Array(encoder.encode(Sample()))
  }
}

/// The error that an XML property list gives as `config.plist`; `body` starts on its second line.
private func xmlMessage(_ body: String) -> String {
  let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE plist><plist version=\"1.0\">\n\(body)"
  return message { _ = try PropertyList.parse(Array(text.utf8), file: "config.plist") }
}

@Suite("Property lists give the same tree as JSON")
struct PropertyListTests {
  @Test(arguments: [false, true])
  func propertyListEqualsJSON(isBinary: Bool) throws {
    let node = try PropertyList.parse(Sample.encoded(isBinary: isBinary), file: "config.plist")
    #expect(node == (try ConfigNode(json: Sample.json)))
    #expect(node["model"]?["bidirectional"]?.boolValue == true)
    #expect(node["model"]?["hidden"]?.intValue == 128)
    #expect(node["task"]?.place.file == "config.plist")
  }

  @Test func handwrittenXMLKeepsOrderAndPlaces() throws {
    let text = """
      <?xml version="1.0"?>
      <!-- my config -->
      <plist>
        <dict>
          <key>z</key><integer> 0x10</integer>
          <key>a &amp; b</key> <string>1 &lt; 2 &#38;&#x26; <![CDATA[<&>]]><!-- no --></string>
          <key>empty</key><dict/><key>list</key><array></array>
          <key>yes</key><true></true>
        </dict>
      </plist>
      """
    let node = try PropertyList.parse(Array(text.utf8), file: "config.plist")
    #expect(node.members?.map(\.key) == ["z", "a & b", "empty", "list", "yes"])
    #expect(node == ["z": 16, "a & b": "1 < 2 && <&>", "empty": [:], "list": [], "yes": true])
    #expect(node.members?[1].keyPlace == .line(6, column: 5, of: "config.plist"))
    #expect(node.members?[1].node.place == .line(6, column: 26, of: "config.plist"))
  }

  static let messages: [(String, String)] = [
    ("", "config.plist:2:1: expected a value, found the end of the file"),
    ("<dict><key>a</key></dict>", "config.plist:2:19: expected a value, found </dict>"),
    ("<dict><true/></dict>", "config.plist:2:7: expected <key> or </dict>, found <true>"),
    (
      "<dict>\n<key>a</key>",
      "config.plist:3:13: expected a value, found the end of the file (close the <dict> of line 2)"
    ),
    ("<foo/>", "config.plist:2:1: expected dict, array, string, integer, real, true or false, found <foo>"),
    (
      "<date>2020-01-01T00:00:00Z</date>",
      "config.plist:2:1: expected dict, array, string, integer, real, true or false, found <date>"
    ),
    ("<real>nan</real>", "config.plist:2:1: expected a finite number, found \"nan\""),
    ("<integer>five</integer>", "config.plist:2:1: expected an integer, found \"five\""),
    ("<string>a", "config.plist:2:1: expected </string>, found the end of the file"),
    ("<string>a</dict>", "config.plist:2:10: expected </string>, found </dict>"),
    (
      "<string>R&D</string>",
      "config.plist:2:10: expected an entity such as &amp; or &#38; (write &amp; for an ampersand)"
    ),
    ("<true/><false/></plist>", "config.plist:2:8: expected </plist>, found <false>"),
    ("<true/></plist>x", "config.plist:2:16: expected the end of the file after </plist>"),
    ("<dict", "config.plist:2:1: expected \">\" to end this tag, found none"),
    ("<!-- a", "config.plist:2:1: expected \"-->\" to end this comment, found none"),
    ("text", "config.plist:2:1: expected a value, found text"),
    (
      "<dict><key>a</key><dict><key>b</key><true/>\n<key>b</key><true/></dict></dict></plist>",
      "config.plist:3:1: a.b: duplicate key, first given on line 2"
    ),
    (
      String(repeating: "<array>", count: 200_000),
      "config.plist:2:904: expected at most 128 levels of nesting, found more"
    ),
  ]

  @Test(arguments: messages) func malformedXMLIsOneError(body: String, expected: String) {
    #expect(xmlMessage(body) == expected)
  }

  @Test func otherFilesAreNoPropertyList() {
    func parse(_ bytes: [UInt8]) -> String { message { _ = try PropertyList.parse(bytes, file: "config.plist") } }
    #expect(parse(Array("{\"a\": 1}".utf8)) == "config.plist:1:1: expected <plist>, found text")
    #expect(parse([]) == "config.plist:1:1: expected <plist>, found the end of the file")
    #expect(parse(Array("bplist00".utf8)) == "config.plist: expected a binary property list, but it is cut short")
    #expect(parse([0xFF, 0xFE]) == "config.plist:1:1: expected UTF-8, found the byte 0xFF (save the file as UTF-8)")
  }

  @Test func datesAndDataAreRefusedWithTheirPath() throws {
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .binary
    let date = try Array(encoder.encode(["a": ["b": Date(timeIntervalSince1970: 0)]]))
    let data = try Array(encoder.encode(["a": [Data([1, 2])]]))
    func parse(_ bytes: [UInt8]) -> String { message { _ = try PropertyList.parse(bytes, file: "config.plist") } }
    #expect(parse(date) == "config.plist: a.b: expected a text, number or truth value, found a date")
    #expect(parse(data) == "config.plist: a[0]: expected a text, number or truth value, found raw data")
  }

  @Test func binaryListThatHoldsItselfIsRefused() {
    // An array whose elements, or a dictionary whose keys and values, are the array or dictionary itself.
    for (marker, count) in [(0xA1, 1), (0xA2, 2), (0xD1, 2)] as [(UInt8, Int)] {
      let object: [UInt8] = [marker] + [UInt8](repeating: 0, count: count)
      let table = UInt8(8 + object.count)
      let trailer: [UInt8] = [0, 0, 0, 0, 0, 0, 1, 1] + number(1) + number(0) + number(table)
      let bytes = Array("bplist00".utf8) + object + [8] + trailer
      #expect(throws: SeqError.self) { try PropertyList.parse(bytes) }
    }
    func number(_ byte: UInt8) -> [UInt8] { [0, 0, 0, 0, 0, 0, 0, byte] }
  }

  @Test(arguments: [false, true])
  func damagedListsAreReadOrRefused(isBinary: Bool) throws {
    let bytes = try Sample.encoded(isBinary: isBinary)
    for count in bytes.indices where count + 1 < bytes.count {
      #expect(throws: SeqError.self) { try PropertyList.parse(Array(bytes[..<count])) }
    }
    var generator = Seed(4).generator
    for _ in 0..<5_000 {
      var mutated = bytes
      for _ in 0...generator.index(below: 4) {
        mutated[generator.index(below: bytes.count)] = UInt8(truncatingIfNeeded: generator.next())
      }
      _ = try? PropertyList.parse(mutated)
    }
  }
}
