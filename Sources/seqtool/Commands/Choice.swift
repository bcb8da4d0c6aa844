import ArgumentParser
import SeqCore

/// Reads an option whose value is a case of an enum in the library.
func choice<E: RawRepresentable<String> & CaseIterable>(_ text: String) throws -> E {
  if let value = E(rawValue: text) { return value }
  let known = E.allCases.map(\.rawValue)
  throw ValidationError("expected one of \(known.joined(separator: ", "))" + didYouMean(text, among: known))
}
