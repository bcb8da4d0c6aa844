import Foundation
import SeqConfig
import SeqCore
import Testing

/// Configs that nobody has written by hand: thousands of mistakes, and values of megabytes.
@Suite struct LargeConfigTests {
  @Test func `of many mistakes the first are listed and the others counted`() throws {
    let members = (0..<5000).map { "\"k\($0)\": \($0)" }.joined(separator: ",\n")
    let config = try reader("{\"cell\": \"lstm\",\n\(members)}")
    _ = config.string("cell", default: "")
    config.finish()
    let error = #expect(throws: SeqError.self) { try config.throwIfProblems() }
    let lines = error?.diagnostics.map(\.description) ?? []
    #expect(lines.count == SeqError.listLimit + 1)
    #expect(lines.first == "config.json:2:1: k0: unknown key (known here: cell)")
    #expect(lines.last == "config.json: 4980 more mistakes are not listed")
  }

  /// Linear: eight times as many take less than sixteen times as long, where a square would take sixty-four.
  @Test func `the time grows with the number of mistakes`() throws {
    func seconds(_ count: Int) throws -> Double {
      let members = (0..<count).map { "\"k\($0)\": \($0)" }.joined(separator: ",\n")
      return try (0..<3).map { _ in
        let start = threadSeconds()
        let config = try reader("{\(members)}")
        config.finish()
        #expect(throws: SeqError.self) { try config.throwIfProblems() }
        return threadSeconds() - start
      }.min() ?? 0
    }
    #expect(try seconds(32_000) < 16 * seconds(4000))
  }

  /// What this thread has computed: other tests run at the same time.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  @Test func `a text of megabytes is shown by its beginning and its length`() throws {
    let text = String(repeating: "a", count: 2_000_000)
    let config = try reader("{\"cell\": \"\(text)\", \"\(text)\": 1}")
    let _: Cell = config.choice("cell", default: .lstm)
    config.finish()
    let message = problems(config)
    #expect(message.contains("found \"\(text.prefix(40))…\" (2000000 characters)"))
    #expect(message.utf8.count < 1000)
  }

  @Test func `an override of megabytes is shown by its beginning`() throws {
    let text = String(repeating: "b", count: 2_000_000)
    for override in ["cell=\(text)", "\(text)=1", text] {
      let message = message {
        var root = try ConfigNode(json: "{}")
        try root.apply(overrides: [override])
        let config = ConfigReader(root: root)
        let _: Cell = config.choice("cell", default: .lstm)
        config.finish()
        try config.throwIfProblems()
      }
      #expect(message.contains("…") && message.utf8.count < 1000)
    }
  }

  @Test(arguments: ["[", "{\"a\":"]) func `deep nesting is refused`(opening: String) {
    #expect(jsonMessage(String(repeating: opening, count: 100_000)).contains("levels of nesting"))
  }
}

private enum Cell: String, CaseIterable { case elman, lstm, gru }
