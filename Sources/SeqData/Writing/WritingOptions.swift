public import SeqTags
public import SeqText

/// How to write a file of examples.
public struct WritingOptions: Sendable, Hashable {
  /// The layout; `nil` takes it from the file's extension.
  public var format: DataFormat?
  /// For csv and tsv: whether the first row names the columns.
  public var header: Bool
  /// For csv and tsv: what separates fields; `nil` for a comma or a tab.
  public var delimiter: Delimiter?
  /// The names or places of what is written: keys of jsonl, columns of csv and tsv, the tag's column of conllu.
  public var columns: ColumnNames
  /// The scheme that tags of spans are brought into; `nil` leaves them as they are.
  public var scheme: TagScheme?
  /// Whether tags become spans with offsets, for jsonl.
  public var asSpans: Bool
  /// How a text is cut into tokens, for formats that have no texts; `nil` for at white space. One that is given and not
  /// needed is told.
  public var segmentation: TokenizerSettings?
  /// Whether what the format cannot express is left out, rather than refused.
  public var isLossy: Bool

  /// Options of which those left out have their usual value.
  public init(
    format: DataFormat? = nil, header: Bool = true, columns: ColumnNames = ColumnNames(), scheme: TagScheme? = nil,
    asSpans: Bool = false, segmentation: TokenizerSettings? = nil, isLossy: Bool = false
  ) {
    self.format = format
    self.header = header
    self.columns = columns
    self.scheme = scheme
    self.asSpans = asSpans
    self.segmentation = segmentation
    self.isLossy = isLossy
  }
}
