/// Where in a user's input something is: a file with line and column, a path in the config, or both.
public struct Place: Sendable, Hashable {
  /// The file as the user named it; `nil` for input without a name.
  public var file: String?
  /// One-based line.
  public var line: Int?
  /// One-based column, counted in Unicode scalars.
  public var column: Int?
  /// A dotted path in the config, such as `model.cell`.
  public var path: String?

  /// A place with the parts that are known.
  public init(file: String? = nil, line: Int? = nil, column: Int? = nil, path: String? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
  }

  /// A whole file.
  public static func file(_ name: String) -> Place { Place(file: name) }

  /// A line of a file, and the column if known.
  public static func line(_ line: Int, column: Int? = nil, of file: String) -> Place {
    Place(file: file, line: line, column: column)
  }

  /// A path in the config that came from no file, such as one given with `--set`.
  public static func path(_ path: String) -> Place { Place(path: path) }
}

extension Place: CustomStringConvertible {
  /// `file:line:column: path`, leaving out what is unknown.
  public var description: String {
    let position = [file, line.map(String.init), line == nil ? nil : column.map(String.init)]
    let parts = [position.compactMap { $0 }.joined(separator: ":"), path ?? ""]
    return parts.filter { !$0.isEmpty }.joined(separator: ": ")
  }
}
