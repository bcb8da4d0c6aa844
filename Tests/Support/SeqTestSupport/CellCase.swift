/// A case of `lstm_variants.json` or `cells.json`: what a cell gives for one sequence in one direction, and the gradients of
/// Σ outputs · probe.
public struct CellCase: Decodable, Sendable, CustomStringConvertible {
  /// Of the LSTMs: `vanilla`, `NIG` …
  private let variant: String?
  private let cell: String?
  public let inputSize: Int
  public let hiddenSize: Int
  /// [T, I]; likewise `inputGradients`. `outputs` and `probe` are [T, H].
  public let inputs: Tensor
  private let parameters: [String: Tensor]
  public let outputs: Tensor
  public let probe: Tensor
  public let loss: Double
  private let parameterGradients: [String: Tensor]
  public let inputGradients: Tensor

  /// Its name in a config.
  public var name: String { cell ?? (variant == "vanilla" ? "lstm-peephole" : "lstm-\(variant?.lowercased() ?? "")") }
  public var description: String { name }

  /// All cases of both files.
  public static let all: [CellCase] = cases(of: "lstm_variants.json") + cases(of: "cells.json")

  /// The parameters under our names, such as `weight_ih`.
  public var values: [String: [Double]] {
    var result = arranged(parameters)
    if name == "lstm-np" { result["bias_hh"] = [Double](repeating: 0, count: 4 * hiddenSize) }
    return result
  }

  /// Their gradients, likewise.
  public var gradients: [String: [Double]] {
    var result = arranged(parameterGradients)
    if name == "lstm-np" { result["bias_hh"] = result["bias_ih"] }
    return result
  }

  /// The tensors of single gates, put together as the cells have them.
  private func arranged(_ tensors: [String: Tensor]) -> [String: [Double]] {
    func joined(_ letter: String, _ gates: [String]) -> [Double] {
      gates.flatMap { tensors["\(letter)_\($0)"]?.values ?? [] }
    }
    let one = { (letter: String, gate: String) in joined(letter, [gate]) }
    switch name {
    case "gru-reset-before":
      return [
        "weight_ih": joined("W", ["r", "z", "h"]), "weight_hh": joined("U", ["r", "z"]),
        "bias_ih": joined("b", ["r", "z", "h"]), "weight_candidate": one("U", "h"),
      ]
    case "mgu":
      return [
        "weight_ih": joined("W", ["f", "h"]), "weight_hh": one("U", "f"), "bias_ih": joined("b", ["f", "h"]),
        "weight_candidate": one("U", "h"),
      ]
    case "mut1":
      return [
        "weight_ih": joined("W", ["r", "z"]), "weight_hh": one("U", "r"), "bias": joined("b", ["r", "z", "h"]),
        "weight_candidate": one("U", "h"),
      ]
    case "mut2":
      return [
        "weight_ih": joined("W", ["z", "h"]), "weight_hh": one("U", "z"), "bias_ih": joined("b", ["z", "h", "r"]),
        "weight_candidate": one("U", "h"), "weight_reset": one("U", "r"),
      ]
    case "mut3":
      return [
        "weight_ih": joined("W", ["r", "z", "h"]), "weight_hh": one("U", "r"), "bias_ih": joined("b", ["r", "z", "h"]),
        "weight_candidate": one("U", "h"), "weight_update": one("U", "z"),
      ]
    default:
      let gates = ["i", "f", "z", "o"]
      var result = ["weight_ih": joined("W", gates), "weight_hh": joined("R", gates), "bias_ih": joined("b", gates)]
      for gate in ["i", "f", "o"] where tensors["p_\(gate)"] != nil { result["peephole_\(gate)"] = one("p", gate) }
      if tensors["R_ii"] != nil { result["weight_gates"] = gateRecurrence(tensors) }
      return result
    }
  }

  /// [3H, 3H] from R_ab, which leads from gate a into gate b: the rows are b's.
  private func gateRecurrence(_ tensors: [String: Tensor]) -> [Double] {
    var rows: [Double] = []
    for target in ["i", "f", "o"] {
      for row in 0..<hiddenSize {
        for source in ["i", "f", "o"] {
          let block = tensors["R_\(source)\(target)"]?.values ?? []
          rows += block[row * hiddenSize..<(row + 1) * hiddenSize]
        }
      }
    }
    return rows
  }
}
