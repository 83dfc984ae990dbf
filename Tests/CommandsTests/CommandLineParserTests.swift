import Testing

@testable import Commands

@Suite struct CommandLineParserTests {
  static let sample = CommandDescription(
    name: "sample", summary: "a table for these tests", details: [],
    arguments: [.init(name: "DECK", count: .one, summary: "A deck.")],
    options: [
      CommonOption.parameter, CommonOption.output, CommonOption.seed,
      CommonOption.jobs, CommonOption.quiet, CommonOption.json,
      .init(
        long: "format", value: .choice(["netcdf", "raw", "csv"]), summary: "One of several."),
      .init(long: "size", value: .size, summary: "A size."),
      .init(long: "time", short: "t", value: .number("T"), summary: "A time."),
    ],
    examples: [])

  static func parse(_ words: String...) throws(UsageError) -> Invocation {
    try CommandLineParser.parse(words, for: sample)
  }

  static func refusal(_ words: String...) -> UsageError? {
    do {
      _ = try CommandLineParser.parse(words, for: sample)
      return nil
    } catch {
      return error
    }
  }

  @Test func optionsMayStandAnywhere() throws {
    let before = try Self.parse("-q", "--seed", "7", "a.cir")
    let after = try Self.parse("a.cir", "-q", "--seed=7")
    #expect(before == after)
    #expect(before.arguments == ["a.cir"])
    #expect(before.flag("quiet"))
    #expect(before.integer("seed") == 7)
    #expect(!before.flag("json"))
  }

  @Test func everySpellingOfAValue() throws {
    for words in [["-o", "out"], ["-oout"], ["--output", "out"], ["--output=out"]] {
      let invocation = try CommandLineParser.parse(["a.cir"] + words, for: Self.sample)
      #expect(invocation.text("output") == "out", "\(words)")
    }
  }

  @Test func parametersRepeatAndKeepTheirOrder() throws {
    let invocation = try Self.parse(
      "a.cir", "-p", "Feedback=60u", "--param", "x={a==1}", "-p", "y=2")
    #expect(invocation.parameters.map(\.name) == ["feedback", "x", "y"])
    #expect(invocation.parameters.map(\.value) == ["60u", "{a==1}", "2"])
  }

  @Test func twoDashesEndTheOptions() throws {
    #expect(try Self.parse("--", "-q").arguments == ["-q"])
  }

  @Test func numbersAndSizes() throws {
    let invocation = try Self.parse("a", "--size", "16x12", "-t", "2.5u")
    #expect(invocation.number("time") == 2.5e-6)
    #expect(try #require(invocation.size("size")) == (16, 12))
  }

  @Test func helpNeedsNoArgument() throws {
    #expect(try Self.parse("--help").flag("help"))
  }

  @Test func mistakesAreToldWithWhatToTry() {
    #expect(
      Self.refusal("a", "--outptu", "x")?.message == "'oscine sample' has no option '--outptu'")
    #expect(Self.refusal("a", "--outptu", "x")?.help == "did you mean '--output'?")
    #expect(Self.refusal("a", "-z")?.message == "'oscine sample' has no option '-z'")
    #expect(Self.refusal("a", "--seed")?.message == "option '--seed' needs a value")
    #expect(Self.refusal("a", "--quiet=1")?.message == "option '--quiet' takes no value")
    #expect(
      Self.refusal("a", "--seed", "1.5")?.message
        == "option '--seed' needs a whole number of at least 0, not '1.5'")
    #expect(
      Self.refusal("a", "--jobs", "0")?.message
        == "option '--jobs' needs a whole number from 1 to 4096, not '0'")
    #expect(
      Self.refusal("a", "--format", "netcfd")?.message
        == "option '--format' is one of netcdf, raw, csv, not 'netcfd'")
    #expect(Self.refusal("a", "--format", "netcfd")?.help == "did you mean 'netcdf'?")
    #expect(
      Self.refusal("a", "-p", "feedback")?.message
        == "option '--param' needs name=value, not 'feedback'")
    #expect(
      Self.refusal("a", "--size", "16")?.message
        == "option '--size' needs columns x rows, not '16'")
    #expect(
      Self.refusal("a", "-t", "soon")?.message == "option '--time' needs a number, not 'soon'")
    #expect(
      Self.refusal("a", "--seed", "1", "--seed", "2")?.message == "option '--seed' is given twice")
    #expect(Self.refusal()?.message == "'oscine sample' needs DECK")
    #expect(Self.refusal("a", "b")?.message == "'oscine sample' takes no argument 'b'")
    #expect(Self.refusal("")?.message == "argument 1 is empty")
  }
}

@Suite struct ImageSizeTests {
  @Test func sizes() {
    #expect(ImageSize.value("16x12")?.width == 16)
    #expect(ImageSize.value("16X12")?.height == 12)
    for text in ["0x1", "x", "16", "1x2x3", "-1x2", "99999x1"] {
      #expect(ImageSize.value(text) == nil, "\(text)")
    }
  }
}
