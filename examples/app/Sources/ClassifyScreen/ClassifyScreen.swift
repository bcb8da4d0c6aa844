public import SwiftUI

/// A text field, and below it the label of what you type, with its probability.
public struct ClassifyScreen: View {
  @State private var text = ""
  @State private var verdict = Verdict.nothing

  /// The screen.
  public init() {}

  public var body: some View {
    VStack(alignment: .leading, spacing: 16) {
      TextField("A text", text: $text, axis: .vertical).textFieldStyle(.roundedBorder)
      switch verdict {
      case .nothing:
        Text("Type something.").foregroundStyle(.secondary)
      case .label(let label, let probability):
        LabeledContent(label) { Text(probability, format: .percent.precision(.fractionLength(1))) }
        ProgressView(value: probability)
      case .failure(let message):
        Text(message).foregroundStyle(.red).textSelection(.enabled)
      }
      Spacer()
    }
    .padding()
    // A new text cancels the task of the one before.
    .task(id: text) {
      let next = await Verdict(of: text)
      if !Task.isCancelled { verdict = next }
    }
  }
}
