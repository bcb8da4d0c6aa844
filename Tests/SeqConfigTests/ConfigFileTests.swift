import SeqConfig
import SeqCore
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("Config files are opened by their names")
struct ConfigFileTests {
  /// Runs `body` in a fresh folder that holds the given files.
  private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "seqconfig-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: folder + "/" + name)) }
    try body(folder)
  }

  private func error(_ path: String) -> SeqError? {
    do throws(SeqError) { _ = try ConfigNode(contentsOf: path) } catch { return error }
    return nil
  }

  @Test func endingDecidesTheFormat() throws {
    let plist = "<plist><dict><key>a</key><integer>1</integer></dict></plist>"
    try withFolder(["a.json": #"{"a": 1}"#, "b.PLIST": plist, "c.yaml": "a: 1", "d.toml": "", "e": ""]) {
      (folder: String) throws in
      #expect(try ConfigNode(contentsOf: folder + "/a.json") == ["a": 1])
      #expect(try ConfigNode(contentsOf: folder + "/b.PLIST") == ["a": 1])
      #expect(
        error(folder + "/c.yaml")
          == .data("YAML is not read; write JSON or a property list", at: .file(folder + "/c.yaml")))
      #expect(
        error(folder + "/d.toml")
          == .data("expected a name that ends in .json or .plist, found \".toml\"", at: .file(folder + "/d.toml")))
      #expect(
        error(folder + "/e")
          == .data("expected a name that ends in .json or .plist, found no ending", at: .file(folder + "/e")))
    }
  }

  @Test func missingFileSuggestsANearOne() throws {
    try withFolder(["config.json": "{}", "names.json": "{}"]) { (folder: String) throws in
      func missing(_ name: String, _ message: String) {
        #expect(error(folder + "/" + name) == .missingInput(message, at: .file(folder + "/" + name)))
      }
      missing("confg.json", "no such file — did you mean \"\(folder)/config.json\"?")
      missing("names", "no such file — did you mean \"\(folder)/names.json\"?")
      missing("other.json", "no such file")
      missing("nowhere/config.json", "no such file, and no folder \(folder)/nowhere/")
    }
    #expect(error("")?.kind == .missingInput)
  }

  @Test func folderIsNoConfig() throws {
    try withFolder(["config.json": "{}"]) { (folder: String) throws in
      #expect(
        error(folder)
          == .missingInput(
            "expected a config file, found a folder", at: .file(folder), remedy: "give \(folder)/config.json"))
    }
    try withFolder([:]) { (folder: String) throws in
      #expect(error(folder) == .missingInput("expected a config file, found a folder", at: .file(folder)))
    }
  }

  @Test func placesNameTheFileAsGiven() throws {
    try withFolder(["config.json": "{\n  \"a\": 1,\n}"]) { (folder: String) throws in
      #expect(
        error(folder + "/config.json")?.description.hasPrefix("\(folder)/config.json:2:9: expected another key") == true
      )
    }
  }
}
