import SeqCore
import SeqMetrics
import SeqReport
import SeqTags

extension GradientTrace {
  /// Tables, a chart of bars and the verdicts, for a terminal.
  public var text: String {
    var parts = ["Gradient by time lag: \(network)"]
    parts += sweeps.map(chart)
    parts.append(gateTable.render())
    parts.append(clipping)
    parts.append(verdicts.joined(separator: "\n"))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Lags of a chart at most.
  private static let mostBars = 24
  private static let barWidth = 44

  /// A bar a lag on a logarithmic scale: an exponential fall is a straight slope.
  private func chart(_ sweep: Sweep) -> String {
    var table = TextTable([.right("lag"), .right("‖∂L/∂h‖"), .left("\(sweep.name), logarithmic")])
    let lags = Self.spread(sweep.norms.count)
    let logs = lags.map { sweep.norms[$0] > 0 ? log10(sweep.norms[$0]) : -.infinity }
    let top = logs.max() ?? 0
    // Six powers of ten, or as many as are needed up to there.
    let bottom = max(top - 6, min(top - 2, (logs.filter(\.isFinite).min() ?? top) - 0.1))
    for (lag, value) in zip(lags, logs) {
      let share = value.isFinite ? max(0, (value - bottom) / max(1e-9, top - bottom)) : 0
      let width = Int((share * Double(Self.barWidth)).rounded())
      table.add([String(lag), sweep.norms[lag].scientific, String(repeating: "█", count: width)])
    }
    return table.render()
  }

  /// All numbers below `count`, or as many as fit, evenly and with both ends.
  private static func spread(_ count: Int) -> [Int] {
    guard count > mostBars else { return Array(0..<count) }
    return (0..<mostBars).map { ($0 * (count - 1) + (mostBars - 1) / 2) / (mostBars - 1) }
  }

  private var gateTable: TextTable {
    var table = TextTable([
      .left("sweep"), .left("gate"), .right("mean"), .right("low end"), .right("high end"), .right("ρ(U)"),
    ])
    for sweep in sweeps {
      for gate in sweep.gates {
        let radius = sweep.radii.first { $0.gate == gate.name }?.radius
        table.add([
          sweep.name, gate.name, gate.mean.fixed(2), gate.low.percent, gate.high.percent, radius?.fixed(2) ?? "–",
        ])
      }
    }
    return table
  }

  private var clipping: String {
    guard steps > 0 else { return "no training step was measured" }
    let share = clip > 0 ? "\(clippedSteps) of \(steps) steps clipped at \(clip)" : "\(steps) steps, none clipped"
    return "\(share); mean gradient norm \(gradientNorm.brief)"
  }
}
