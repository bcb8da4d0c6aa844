import SeqTraining
import Testing

/// The learning rate over a fit. Progress is measured at the end of a step: 1.0 is the last step of the first epoch.
struct ScheduleTests {
  private func schedule(_ kind: ScheduleKind, epochs: Int = 10, _ change: (inout ScheduleSettings) -> Void = { _ in })
    -> Schedule
  {
    var settings = ScheduleSettings()
    settings.kind = kind
    change(&settings)
    return Schedule(settings, baseRate: 0.8, epochs: epochs)
  }

  private func expect(
    _ schedule: Schedule, _ rates: [(progress: Double, rate: Double)], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (progress, rate) in rates {
      let found = schedule.rate(at: progress)
      #expect(abs(found - rate) < 1e-12, "\(found) at \(progress)", sourceLocation: sourceLocation)
    }
  }

  @Test func constantStays() { expect(schedule(.constant), [(0.01, 0.8), (5, 0.8), (10, 0.8)]) }

  @Test func linearFallsInAStraightLine() {
    expect(schedule(.linear), [(0, 0.8), (2.5, 0.6), (5, 0.4), (10, 0)])
    expect(schedule(.linear) { $0.minimumRate = 0.2 }, [(0, 0.8), (5, 0.5), (10, 0.2), (11, 0.2)])
  }

  @Test func cosineFallsInHalfAWave() {
    expect(schedule(.cosine), [(0, 0.8), (10.0 / 3, 0.6), (5, 0.4), (20.0 / 3, 0.2), (10, 0)])
    expect(schedule(.cosine) { $0.minimumRate = 0.2 }, [(0, 0.8), (5, 0.5), (10, 0.2)])
  }

  @Test func stepFallsBetweenEpochs() {
    let steps = schedule(.step) { ($0.every, $0.factor) = (3, 0.5) }
    expect(steps, [(0.1, 0.8), (2.9, 0.8), (3, 0.4), (3.1, 0.4), (5.9, 0.4), (6.1, 0.2), (9.9, 0.1)])
    expect(
      schedule(.step) { ($0.every, $0.factor, $0.minimumRate) = (1, 0.1, 0.05) },
      [(0.5, 0.8), (1.5, 0.08), (2.5, 0.05)])
  }

  @Test func exponentialFallsBetweenEpochs() {
    expect(schedule(.exponential), [(0.5, 0.8), (0.99, 0.8), (1.01, 0.4), (1.99, 0.4), (2.5, 0.2)])
  }

  @Test func plateauFallsWhenNothingImproves() {
    var plateau = schedule(.plateau) { ($0.patience, $0.factor) = (2, 0.5) }
    var rates: [Double] = []
    for stale in [0, 1, 2, 3, 4, 0, 1, 2] {
      plateau.epochEnded(withoutImprovement: stale)
      rates.append(plateau.rate(at: 1))
    }
    #expect(rates == [0.8, 0.8, 0.4, 0.4, 0.2, 0.2, 0.2, 0.1])
    var constant = schedule(.constant)
    constant.epochEnded(withoutImprovement: 2)
    #expect(constant.plateaus == 0)
  }

  @Test(arguments: ScheduleKind.allCases) func warmUpRisesFromZeroWithEveryKind(kind: ScheduleKind) {
    let warm = schedule(kind) { ($0.warmup, $0.every) = (0.5, 10) }
    expect(warm, [(0, 0), (0.125, 0.2), (0.25, 0.4), (0.5, 0.8)])
  }

  @Test func theFallBeginsAfterTheWarmUp() {
    expect(schedule(.linear) { $0.warmup = 2 }, [(1, 0.4), (2, 0.8), (6, 0.4), (10, 0)])
    expect(schedule(.cosine) { $0.warmup = 2 }, [(2, 0.8), (6, 0.4), (10, 0)])
  }

  @Test(arguments: ScheduleKind.allCases) func noRateIsNegativeOrBelowTheMinimum(kind: ScheduleKind) {
    let schedule = schedule(kind, epochs: 3) { $0.minimumRate = kind == .constant ? 0 : 0.1 }
    for i in 1...40 { #expect(schedule.rate(at: Double(i) / 10) >= (kind == .constant ? 0.8 : 0.1)) }
  }
}
