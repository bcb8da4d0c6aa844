/// The parameters of a network by name: tensors of `Double`, row-major, under PyTorch's names.
package struct ReferenceParameters: Sendable, Equatable {
  private var tensors: [String: [Double]]

  package init(_ tensors: [String: [Double]] = [:]) { self.tensors = tensors }

  /// The names in a fixed order.
  package var names: [String] { tensors.keys.sorted() }

  /// A tensor's elements. Reading one that does not exist is a mistake of the caller.
  package subscript(name: String) -> [Double] {
    get {
      guard let tensor = tensors[name] else { preconditionFailure("no parameter \(name)") }
      return tensor
    }
    _modify { yield &tensors[name, default: []] }
  }
}
