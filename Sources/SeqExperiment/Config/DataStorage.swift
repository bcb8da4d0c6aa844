/// Where a fit keeps the ids of its data.
public enum DataStorage: String, CaseIterable, Sendable {
  /// On disk if the training file is larger than 256 MiB, else in memory.
  case automatic = "auto"
  /// In memory.
  case memory
  /// In files of a cache, read as they are needed: for a corpus larger than memory.
  case disk
}
