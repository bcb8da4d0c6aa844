import SeqConfig
public import SeqCore
import SeqMetrics
import SeqReport

extension GradientCheck {
  /// A table of the parameters and what it comes to.
  public var text: String {
    var table = TextTable([
      .left("parameter"), .right("shape"), .right("compared"), .right("relative error"), .right("written out"),
      .right("differences"),
    ])
    for parameter in parameters {
      table.add([
        parameter.name, parameter.shape.map(String.init).joined(separator: " × "), String(parameter.compared),
        (parameter.relativeError < limit ? "" : "! ") + parameter.relativeError.scientific,
        parameter.found.scientific, parameter.expected.scientific,
      ])
    }
    return "Gradient check: \(network)\n\n\(table.render())\n\n\(summary)\n"
  }

  private var summary: String {
    let worst = parameters.max { $0.relativeError < $1.relativeError }
    let error = worst.map { "the largest relative error is \($0.relativeError.scientific), of \($0.name)" } ?? ""
    let losses = "loss \(loss.fixed(6)), by the reference \(referenceLoss.fixed(6))"
    guard passes else {
      let count = parameters.count { !($0.relativeError < limit) }
      return "\(losses)\n\(count) of \(parameters.count) parameters are off by \(limit.scientific) or more: \(error)"
    }
    return "\(losses)\nall \(parameters.count) parameters agree: \(error), below \(limit.scientific)"
  }

  /// The same as one JSON object.
  public func json() throws(SeqError) -> String {
    try JSONWriter.text(
      of: [
        "network": .string(network), "passes": .bool(passes), "limit": .realOrNull(limit), "loss": .realOrNull(loss),
        "referenceLoss": .realOrNull(referenceLoss),
        "parameters": .array(
          parameters.map { parameter in
            [
              "name": .string(parameter.name), "shape": .array(parameter.shape.map(ConfigNode.integer)),
              "compared": .integer(parameter.compared), "relativeError": .realOrNull(parameter.relativeError),
              "worstIndex": .integer(parameter.worstIndex), "found": .realOrNull(parameter.found),
              "expected": .realOrNull(parameter.expected),
            ]
          }),
      ])
  }
}
