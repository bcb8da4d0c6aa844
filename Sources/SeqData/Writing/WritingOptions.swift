public import SeqTags
public import SeqText

/// How to write a file of examples.
public struct WritingOptions: Sendable, Hashable {
  /// The format; `nil` takes it from the file's extension.
  public var format: DataFormat?
  /// For csv and tsv: whether the first row names the columns.
  public var header: Bool
  /// For csv and tsv: the field delimiter; `nil` for a comma or a tab.
  public var delimiter: Delimiter?
  /// The names or positions of the parts: keys of jsonl, columns of csv and tsv, the tag's column of conllu.
  public var columns: ColumnNames
  /// The scheme to which span tags are converted; `nil` leaves them unchanged.
  public var scheme: TagScheme?
  /// Whether tags become spans with offsets, for jsonl.
  public var asSpans: Bool
  /// How to split a text into tokens, for formats without texts; `nil` for white space. A tokenizer that is given but
  /// not needed is reported.
  public var segmentation: TokenizerSettings?
  /// Whether to leave out what the format cannot express, instead of refusing it.
  public var isLossy: Bool

  /// Options; those left out have their default.
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
