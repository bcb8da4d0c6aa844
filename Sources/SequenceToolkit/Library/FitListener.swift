package import SeqTraining

/// Who is told of a fit, on the fitting thread.
package struct FitListener: Sendable {
  /// Hears of progress.
  package let onEvent: @Sendable (TrainingEvent) -> Void
  /// Hears what should be known and need not be mended.
  package let onWarning: @Sendable (String) -> Void
}
