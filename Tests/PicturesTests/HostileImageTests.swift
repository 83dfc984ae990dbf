import Foundation
import TestSupport
import Testing

@testable import Pictures

@Suite struct HostileImageTests {
  private let good = try? Data(contentsOf: Repository.file("netlists/images/horse.png"))

  private func problem(_ content: Data) throws -> PictureError.Problem? {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = directory.appendingPathComponent("x.png").path
    try content.write(to: URL(fileURLWithPath: path))
    do {
      _ = try GreyImage.read(png: path)
      return nil
    } catch let error as PictureError {
      #expect(error.path == path && !error.reason.isEmpty)
      return error.problem
    }
  }

  /// The same PNG with another width and height, and the right check sum.
  private func resized(_ content: Data, width: UInt32, height: UInt32) -> Data {
    var bytes = [UInt8](content)
    for index in 0..<4 {
      bytes[16 + index] = UInt8(truncatingIfNeeded: width >> (24 - 8 * UInt32(index)))
      bytes[20 + index] = UInt8(truncatingIfNeeded: height >> (24 - 8 * UInt32(index)))
    }
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes[12..<29] {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    sum = ~sum
    for index in 0..<4 {
      bytes[29 + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * UInt32(index)))
    }
    return Data(bytes)
  }

  @Test func wrongFiles() throws {
    let good = try #require(self.good)
    #expect(try problem(good) == nil)
    #expect(try problem(Data()) == .malformed)
    #expect(try problem(Data("GIF89a, which is no PNG whatever its name says".utf8)) == .malformed)
    for length in [8, 20, 33, 60, good.count / 2, good.count - 20] {
      #expect(try problem(good.prefix(length)) == .malformed, "\(length) bytes")
    }
    var flipped = good
    flipped[200] ^= 0xFF
    #expect(try problem(flipped) == .malformed)
  }

  @Test func sizes() throws {
    let good = try #require(self.good)
    #expect(try problem(resized(good, width: 0, height: 10)) == .malformed)
    #expect(try problem(resized(good, width: 10, height: 0)) == .malformed)
    // libpng's own limit of a million points a side comes first.
    #expect(try problem(resized(good, width: 0x7FFF_FFFF, height: 0x7FFF_FFFF)) == .malformed)
    #expect(try problem(resized(good, width: 100_000, height: 100_000)) == .tooLarge)
  }

  @Test func places() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    #expect(throws: PictureError(directory.path, .unreadable, "it is a directory")) {
      try GreyImage.read(png: directory.path)
    }
    let missing = directory.appendingPathComponent("none/x.png").path
    #expect(throws: PictureError(missing, .unreadable, "no such file or directory")) {
      try GreyImage.read(png: missing)
    }
    #expect(throws: PictureError(missing, .unwritable, "no such file or directory")) {
      try GreyImage(width: 1, height: 1, levels: [0]).write(png: missing)
    }
    #expect(throws: PictureError.self) { try GreyImage.read(png: "/dev/zero") }
  }

  /// Output beyond the size limit of a process fails as a full disk does: nothing stays behind.
  @Test func fullDisk() async {
    await #expect(processExitsWith: .success) {
      let directory = try scratchDirectory()
      defer { try? FileManager.default.removeItem(at: directory) }
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 20_000, rlim_max: 20_000)
      setrlimit(__rlimit_resource_t(1), &limit)
      var levels = [Double](repeating: 0, count: 1 << 18)
      var state: UInt32 = 1
      for index in levels.indices {
        state = state &* 1_664_525 &+ 1_013_904_223
        levels[index] = Double(state >> 8) / Double(1 << 24)
      }
      let path = directory.appendingPathComponent("noise.png").path
      #expect(throws: PictureError.self) {
        try GreyImage(width: 512, height: 512, levels: levels).write(png: path)
      }
      // Script and data fit below the limit, the picture does not.
      let plot = Plot(
        title: "line", x: PlotAxis("x"), y: PlotAxis("y"),
        layers: [.line(x: [0, 1, 2], y: [0, 1, 4])])
      #expect(throws: PictureError.self) { try plot.draw(stem: "line", in: directory.path) }
      let left = try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
      #expect(left == ["line.gp", "line.tsv"])
    }
  }

  /// Every depth, colour type and interlacing, against levels computed from the same numbers.
  @Test func everyKindOfPNG() throws {
    let directory = try scratchDirectory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", PNGKinds.script, directory.path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("Python is not installed: the kinds of PNG were not made")
      return
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(names.filter { $0.hasSuffix(".png") }.count == 15)
    for name in names where name.hasSuffix(".png") {
      let base = directory.appendingPathComponent(String(name.dropLast(4)))
      let expected = try String(contentsOf: base.appendingPathExtension("txt"), encoding: .utf8)
        .split(separator: " ").compactMap { Double($0) }
      let image = try GreyImage.read(png: base.appendingPathExtension("png").path)
      #expect(image.levels.count == expected.count)
      for (level, wanted) in zip(image.levels, expected) {
        // 16-bit files pass through linear light and back, which costs a little of the dark levels.
        let tolerance = name.hasPrefix("16") ? 4e-3 : 1e-9
        #expect(abs(level - wanted) < tolerance, "\(name): \(level) instead of \(wanted)")
      }
    }
  }
}

/// Makes PNGs from first principles (zlib and check sums only), with the levels they stand for.
enum PNGKinds {
  static let script = """
    import sys, zlib, struct, random
    random.seed(5)
    W, H = 9, 7
    def chunk(t, d): return struct.pack('>I', len(d)) + t + d + struct.pack('>I', zlib.crc32(t + d))
    def rows(px, w, depth):
        out = b''
        for row in px:
            bits = ''.join(format(v, f'0{depth}b') for p in row for v in p)
            bits += '0' * (-len(bits) % 8)
            out += b'\\0' + int(bits, 2).to_bytes(len(bits) // 8, 'big')
        return out
    def adam7(px):
        out = []
        for x0, y0, dx, dy in [(0,0,8,8),(4,0,8,8),(0,4,4,8),(2,0,4,4),(0,2,2,4),
                               (1,0,2,2),(0,1,1,2)]:
            sub = [row[x0::dx] for row in px[y0::dy]]
            out.append([r for r in sub if r])
        return out
    def luma(p, m): return (0.2126*p[0] + 0.7152*p[1] + 0.0722*p[2]) / m
    def make(depth, kind, lace):
        m = 2**depth - 1
        n = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind]
        px = [[[random.randint(0, m) for _ in range(n)] for _ in range(W)] for _ in range(H)]
        extra = b''
        if kind == 3:
            table = [[random.randint(0, 255) for _ in range(3)] for _ in range(m + 1)]
            extra = chunk(b'PLTE', bytes(sum(table, [])))
            level = lambda p: luma(table[p[0]], 255)
        elif kind == 0: level = lambda p: p[0] / m
        elif kind == 2: level = lambda p: luma(p, m)
        elif kind == 4: level = lambda p: p[1]/m * p[0]/m + (1 - p[1]/m)
        else: level = lambda p: p[3]/m * luma(p, m) + (1 - p[3]/m)
        raw = b''.join(rows(s, W, depth) for s in adam7(px)) if lace else rows(px, W, depth)
        body = chunk(b'IHDR', struct.pack('>IIBBBBB', W, H, depth, kind, 0, 0, lace))
        body += extra + chunk(b'IDAT', zlib.compress(raw)) + chunk(b'IEND', b'')
        name = f'{sys.argv[1]}/{depth}-{kind}-{lace}'
        open(name + '.png', 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + body)
        open(name + '.txt', 'w').write(' '.join(repr(level(p)) for row in px for p in row))
    for depth, kind, lace in [(1,0,0),(2,0,0),(4,0,1),(8,0,0),(16,0,0),(8,2,1),(16,2,0),(1,3,0),
                              (2,3,0),(4,3,1),(8,3,0),(8,4,0),(16,4,0),(8,6,1),(16,6,1)]:
        make(depth, kind, lace)
    """
}
