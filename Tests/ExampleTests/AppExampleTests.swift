import Foundation
import SeqTestSupport
import Testing

/// The package in `examples/app`, which only a Mac can build.
struct AppExampleTests {
  @Test func `its files parse`() throws {
    let folder = packageFolder + "/examples/app"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
    #expect(names.count == 4)
    let workspace = try Workspace()
    let files = names.map { folder + "/" + $0 }
    let result = try workspace.run("/usr/bin/env", ["swiftc", "-parse", "-swift-version", "6"] + files)
    #expect(result.status == 0, "\(result.stderr)")
  }

  @Test func `what asks the library compiles`() throws {
    let workspace = try Workspace()
    // SwiftPM writes this for a target with resources.
    try workspace.write(
      "import Foundation\nextension Bundle { static var module: Bundle { .main } }\n", to: "bundle.swift")
    let result = try workspace.shell(
      """
      flags=$("\(packageFolder)/scripts/module-flags" "$(dirname "$seqtool")") &&
      swiftc -typecheck -swift-version 6 -module-name ClassifyScreen $flags bundle.swift \
        "\(packageFolder)/examples/app/Sources/ClassifyScreen/Verdict.swift"
      """)
    #expect(result.status == 0, "\(result.stderr)")
  }
}
