import SeqConfig
import SeqCore

extension DataFormat {
  /// Whether a `.json` file holds records and not a config: an array, or one object per line, without a task.
  public static func holdsRecords(_ path: String) -> Bool {
    guard var objects = try? JSONObjects(path, options: ReadingOptions()) else { return false }
    if objects.isArray { return true }
    guard (try? objects.next()) == true, let first = try? objects.parsed().members else { return false }
    return !first.isEmpty && !first.contains { $0.key == "task" }
  }
}
