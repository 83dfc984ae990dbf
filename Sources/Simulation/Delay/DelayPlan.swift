import Devices
import Integration

extension DelayedSignals {
  /// Which histories are kept and who reads them: what is the same is kept once.
  struct Plan {
    /// The linear form of each distinct signal.
    private(set) var signalTerms: [[Term]] = []
    /// Distinct readings, those of one delay after each other.
    private(set) var readings: [Reading] = []
    private(set) var groups: [Group] = []
    /// By delayed unknown.
    private(set) var readingOf: [Int32] = []
    /// The longest delay, seconds.
    private(set) var reach = 0.0
    /// The readings of signal k are `readers[readerStarts[k]..<readerStarts[k + 1]]`.
    private var readers: [Int] = []
    private var readerStarts: [Int] = []

    private struct ReadingKey: Hashable {
      var signal: Int
      var delay: Double
      var initial: Double?
      var propagatesCorners: Bool
      var isLinear: Bool
    }

    private struct GroupKey: Hashable {
      var delay: Double
      var isLinear: Bool
    }

    init(_ delayed: [EquationLayout.DelayedSignal]) {
      var signalOf: [[Term]: Int] = [:]
      var readingNumbers: [ReadingKey: Int] = [:]
      var groupNumbers: [GroupKey: Int] = [:]
      for signal in delayed {
        let terms = Self.collected(signal.terms)
        let index = signalOf[terms] ?? signalTerms.count
        if index == signalTerms.count {
          signalOf[terms] = index
          signalTerms.append(terms)
        }
        reach = max(reach, signal.delay)
        let groupKey = GroupKey(delay: signal.delay, isLinear: signal.interpolatesLinearly)
        let group = groupNumbers[groupKey] ?? groupNumbers.count
        groupNumbers[groupKey] = group
        let key = ReadingKey(
          signal: index, delay: signal.delay, initial: signal.initial,
          propagatesCorners: signal.propagatesCorners, isLinear: signal.interpolatesLinearly)
        let reading = readingNumbers[key] ?? readings.count
        if reading == readings.count {
          readingNumbers[key] = reading
          readings.append(
            Reading(
              signal: index, delay: signal.delay, initial: signal.initial,
              propagatesCorners: signal.propagatesCorners, group: group))
        }
        readingOf.append(Int32(reading))
      }
      group(groupNumbers.sorted { $0.value < $1.value }.map(\.key))
    }

    /// Orders the readings by their groups, within them by signals.
    private mutating func group(_ keys: [GroupKey]) {
      let order = readings.indices.sorted {
        (readings[$0].group, readings[$0].signal, $0) < (
          readings[$1].group, readings[$1].signal, $1
        )
      }
      var places = [Int32](repeating: 0, count: order.count)
      for (place, old) in order.enumerated() { places[old] = Int32(place) }
      readingOf = readingOf.map { places[Int($0)] }
      readings = order.map { readings[$0] }
      var first = 0
      for (number, key) in keys.enumerated() {
        var end = first
        while end < readings.count && readings[end].group == number { end += 1 }
        groups.append(
          Group(
            delay: key.delay, interpolation: key.isLinear ? .linear : .smooth,
            readings: first..<end))
        first = end
      }
      readers = readings.indices.sorted { (readings[$0].signal, $0) < (readings[$1].signal, $1) }
      var counts = [Int](repeating: 0, count: signalTerms.count + 1)
      for reading in readings { counts[reading.signal + 1] += 1 }
      for k in signalTerms.indices { counts[k + 1] += counts[k] }
      readerStarts = counts
    }

    func readers(of signal: Int) -> ArraySlice<Int> {
      readers[readerStarts[signal]..<readerStarts[signal + 1]]
    }

    /// Each unknown once, ground left out, in order.
    private static func collected(_ terms: [Term]) -> [Term] {
      var sums: [Term] = []
      for term in terms.sorted(by: { $0.unknown < $1.unknown }) where term.unknown != 0 {
        if let last = sums.last, last.unknown == term.unknown {
          sums[sums.count - 1].coefficient += term.coefficient
        } else {
          sums.append(term)
        }
      }
      return sums.filter { $0.coefficient != 0 }
    }

    func terms(ofReading reading: Int32) -> [Term] { signalTerms[readings[Int(reading)].signal] }
  }
}
