import SeqConfig
import SeqCore
import Testing

/// The error that reading throws, as the user sees it; "no error" if there is none.
func message(_ body: () throws -> Void) -> String {
  do { try body() } catch { return "\(error)" }
  return "no error"
}

/// The error that a JSON text gives as `config.json`.
func jsonMessage(_ text: String) -> String { message { _ = try ConfigNode(json: text, file: "config.json") } }

/// A tree of random shape, with keys and texts that need escaping.
func randomNode(_ generator: inout SplitMix64, depth: Int = 0) -> ConfigNode {
  let texts = [
    "", "a", "é", "日本", "😀", "\"", "\\", "\n\t\r", "\u{0}\u{1F}\u{7F}", "\u{2028}", "a/b", "I-PER", "x.y", "\u{FEFF}",
  ]
  let text = texts[generator.index(below: texts.count)]
  switch generator.index(below: depth < 4 ? 8 : 6) {
  case 0: return .null
  case 1: return .bool(generator.next() & 1 == 0)
  case 2: return .integer(Int(truncatingIfNeeded: generator.next()))
  case 3: return .integer(generator.index(below: 100))
  case 4:
    let number = Double(bitPattern: generator.next())
    return .real(number.isFinite ? number : 0.1)
  case 5: return .string(text)
  case 6: return .array((0..<generator.index(below: 5)).map { _ in randomNode(&generator, depth: depth + 1) })
  default:
    let count = generator.index(below: 14)
    return .object((0..<count).map { ("\(text)\($0)", randomNode(&generator, depth: depth + 1)) })
  }
}
