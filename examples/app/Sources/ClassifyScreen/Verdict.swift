import Foundation
import SeqInference

/// What the screen says of a text.
enum Verdict: Sendable {
  case nothing
  case label(String, Double)
  case failure(String)

  /// The model of the bundle. It is read once, when the first text is asked about.
  private static let classifier = Result {
    let bundle = Bundle.module
    return try TextClassifier(contentsOf: (bundle.resourceURL ?? bundle.bundleURL).appending(path: "Model"))
  }

  /// Asks the model, away from the main actor.
  @concurrent init(of text: String) async {
    guard !text.allSatisfy(\.isWhitespace) else {
      self = .nothing
      return
    }
    do {
      let answer = try Self.classifier.get().predict(text)
      self = .label(answer.label, Double(answer.probability))
    } catch {
      self = .failure("\(error)")
    }
  }
}
