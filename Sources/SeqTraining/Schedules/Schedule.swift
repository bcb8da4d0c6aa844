#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The learning rate as a function of how far the fit has come.
package struct Schedule: Sendable {
  let settings: ScheduleSettings
  let baseRate: Double
  let epochs: Int
  /// How often a plateau has cut the rate; part of a checkpoint.
  package var plateaus = 0

  package init(_ settings: ScheduleSettings, baseRate: Double, epochs: Int) {
    self.settings = settings
    self.baseRate = baseRate
    self.epochs = epochs
  }

  /// - Parameter progress: epochs done, with the part of the current one that is done, up to the middle of the batch.
  package func rate(at progress: Double) -> Double {
    let rate = max(settings.minimumRate, baseRate * factor(at: progress))
    return progress < settings.warmup ? rate * progress / settings.warmup : rate
  }

  private func factor(at progress: Double) -> Double {
    let span = max(1e-9, Double(epochs) - settings.warmup)
    let done = min(1, max(0, progress - settings.warmup) / span)
    let floor = settings.minimumRate / baseRate
    switch settings.kind {
    case .constant: return 1
    case .step: return pow(settings.factor, Double(Int(progress) / settings.every))
    case .exponential: return pow(settings.factor, Double(Int(progress)))
    case .cosine: return floor + (1 - floor) * (1 + cos(Double.pi * done)) / 2
    case .linear: return floor + (1 - floor) * (1 - done)
    case .plateau: return pow(settings.factor, Double(plateaus))
    }
  }

  /// Tells the schedule of an epoch that brought the given number of epochs without improvement.
  package mutating func epochEnded(withoutImprovement epochs: Int) {
    if settings.kind == .plateau, epochs > 0, epochs % max(1, settings.patience) == 0 { plateaus += 1 }
  }
}
