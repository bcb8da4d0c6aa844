import SeqCore
import SeqMetrics
import SeqReport
import SeqTags
import SequenceToolkit

/// Learning rates and their losses, as a table with bars, and the suggested rate.
struct LearningRateReport {
  let trial: LearningRateTrial

  /// The most rows, and the width of the longest bar.
  private static let rows = 30, width = 50

  var text: String {
    let points = trial.points
    guard let lowest = points.map(\.loss).min(), let highest = points.map(\.loss).max() else {
      return "no step was made\n"
    }
    var table = TextTable([.right("rate"), .right("loss"), .left("")])
    let every = max(1, (points.count + Self.rows - 1) / Self.rows)
    for point in points.enumerated().filter({ $0.offset % every == 0 }).map(\.element) {
      let share = highest > lowest ? (point.loss - lowest) / (highest - lowest) : 0
      table.add([
        Self.short(point.rate), point.loss.fixed(), String(repeating: "▇", count: 1 + Int(share * Double(Self.width))),
      ])
    }
    guard let suggestion = trial.suggestion else {
      return table.render() + "\n\nthe loss never fell: no rate is suggested\n"
    }
    return table.render() + "\n\nsuggested: training.optimizer.learningRate=\(Self.short(suggestion))\n"
  }

  /// With two significant digits, such as 0.0034 and 1.2.
  private static func short(_ rate: Double) -> String {
    var (decimals, scaled) = (1, rate)
    while scaled < 1, decimals < 8 { (decimals, scaled) = (decimals + 1, scaled * 10) }
    return rate.fixed(decimals)
  }
}
