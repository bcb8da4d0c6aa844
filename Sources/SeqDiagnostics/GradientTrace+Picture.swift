import SeqMetrics
import SeqReport
import SeqTags

extension GradientTrace {
  /// A picture in SVG: the gradient's length by time lag, a line a sweep, on a logarithmic scale.
  public var svg: String {
    var canvas = SVGCanvas(width: Self.width)
    let height = Self.plotTop + Self.plotHeight + 60 + 22 * Double(verdicts.count)
    canvas.rectangle(x: 0, y: 0, width: Self.width, height: height, style: "paper")
    canvas.text("Gradient by time lag: \(network)", x: 24, y: 34, style: "head")
    canvas.text("‖∂L/∂h(T − k)‖ as a share of its length at the last step T", x: 24, y: 54, style: "soft")
    let scale = Scale(self)
    drawGrid(&canvas, scale)
    for (i, sweep) in sweeps.enumerated() { draw(sweep, number: i, on: &canvas, scale) }
    var y = Self.plotTop + Self.plotHeight + 56
    for verdict in verdicts {
      canvas.text(verdict, x: 24, y: y, style: "note")
      y += 22
    }
    return canvas.markup(height: height, title: "Gradient by time lag", style: Self.style) + "\n"
  }

  private static let width = 880.0
  private static let (left, plotTop, plotHeight, right) = (84.0, 76.0, 300.0, 190.0)
  private static let style = """
    text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 12px; fill: #333a44 }
    .head { font-size: 16px; font-weight: 600; fill: #14181f } .soft { fill: #6b7480 } .note { font-size: 13px }
    .grid { stroke: #dfe3e8; stroke-width: 1 } .paper { fill: #ffffff } polyline { fill: none; stroke-width: 2 }
    .s0 { stroke: #2f6fb3 } .s1 { stroke: #e08a2e } .s2 { stroke: #4c9f70 } .s3 { stroke: #a34fb0 } .s4 { stroke: #c0392b }
    .s5 { stroke: #5d6d7e } .k0 { fill: #2f6fb3 } .k1 { fill: #e08a2e } .k2 { fill: #4c9f70 } .k3 { fill: #a34fb0 }
    .k4 { fill: #c0392b } .k5 { fill: #5d6d7e }
    """
  private static let colours = 6

  /// Where a lag and a share lie.
  private struct Scale {
    let lags: Int
    /// Powers of ten.
    let (lowest, highest): (Int, Int)

    init(_ trace: GradientTrace) {
      lags = max(1, (trace.sweeps.map(\.norms.count).max() ?? 1) - 1)
      let logs = trace.sweeps.flatMap { sweep in sweep.norms.indices.map { sweep.share($0) } }
        .filter { $0 > 0 && $0.isFinite }.map(log10)
      highest = max(0, Int((logs.max() ?? 0).rounded(.up)))
      lowest = min(-2, max(-12, Int((logs.min() ?? 0).rounded(.down))))
    }

    func x(_ lag: Int) -> Double {
      GradientTrace.left + (GradientTrace.width - GradientTrace.left - GradientTrace.right) * Double(lag) / Double(lags)
    }

    func y(_ power: Double) -> Double {
      let share = (min(max(power, Double(lowest)), Double(highest)) - Double(lowest)) / Double(highest - lowest)
      return GradientTrace.plotTop + GradientTrace.plotHeight * (1 - share)
    }
  }

  private func drawGrid(_ canvas: inout SVGCanvas, _ scale: Scale) {
    let end = scale.x(scale.lags)
    for power in scale.lowest...scale.highest {
      let y = scale.y(Double(power))
      canvas.line(x: Self.left, y: y, toX: end, toY: y)
      canvas.text(power == 0 ? "1" : "1e\(power)", x: Self.left - 8, y: y + 4, style: "soft", anchor: .end)
    }
    let step = max(1, (scale.lags + 9) / 10)
    for lag in stride(from: 0, through: scale.lags, by: step) {
      canvas.text(String(lag), x: scale.x(lag), y: Self.plotTop + Self.plotHeight + 18, style: "soft", anchor: .middle)
    }
    canvas.text("lag k", x: end + 10, y: Self.plotTop + Self.plotHeight + 18, style: "soft")
  }

  private func draw(_ sweep: Sweep, number: Int, on canvas: inout SVGCanvas, _ scale: Scale) {
    let points = sweep.norms.indices.filter { sweep.share($0) > 0 && sweep.share($0).isFinite }
      .map { (x: scale.x($0), y: scale.y(log10(sweep.share($0)))) }
    canvas.polyline(points, style: "s\(number % Self.colours)")
    canvas.rectangle(
      x: Self.width - Self.right + 20, y: Self.plotTop + 22 * Double(number), width: 14, height: 4,
      style: "k\(number % Self.colours)")
    canvas.text(sweep.name, x: Self.width - Self.right + 42, y: Self.plotTop + 6 + 22 * Double(number), style: "")
  }
}
