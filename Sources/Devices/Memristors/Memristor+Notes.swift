extension Memristor {
  static let notes = """
    The current i flows from n+ to n-, v = v(n+) - v(n-), and x is the state, an unknown of its own:

        i = m i(v, x),   dx/dt = g(v, i, x)

    At an operating point, in small-signal analyses and at the first instant x stands at its \
    start, `xo` of the instance. `N(<name>:r)` prints the resistance, `N(<name>_x)` the state. All \
    power v i turns into heat; small-signal noise is 4 k T di/dv.

    ### Level 1: linear ion drift

        R = ron x + roff (1 - x),   i = v / R,   dx/dt = mu ron / d^2 i f(x)

    | wt | window f(x) |
    | --- | --- |
    | 0 | 1 |
    | 1 (Joglekar) | 1 - (2x - 1)^(2p) |
    | 2 (Biolek) | 1 - x^(2p) for i >= 0, 1 - (x - 1)^(2p) for i < 0 |
    | 3 (Prodromakis) | j (1 - ((x - 1/2)^2 + 3/4)^p) |

    Positive current raises x and lowers the resistance. Inside 0...1 these are the equations. \
    Beyond a bound by u the speed s loses (u / 1e-4)^2 |s|, so that the state comes to rest at \
    most 1e-4 outside, for any drive, without a jump in any equation.

    ### Level 2: TEAM, as Xyce computes it

    R goes from `ron` at `xon` to `roff` at `xoff`, linearly, or exponentially with \
    `ivrelation=1`; dx/dt is `koff` (i/ioff - 1)^alphaoff f(x) for i >= ioff, else `kon` (i/ion - \
    1)^alphaon f(x) for i <= ion, else 0. x, k, a and wc are multiplied by `xscaling`. Kvatinsky's \
    window (wt=4) is exp(-exp((x - aoff)/wc)) for i >= 0 and exp(-exp((aon - x)/wc)) for i < 0.

    The state starts at 0, the resistance at `ron`. It is not clipped: it may pass `xon` by some \
    picometres. The default `ion` is positive, as in Xyce, and then drives the state at rest: give \
    `ion` below zero. Windows 1 to 3 take `d`, `p`, `j` as they stand, and the third has -3/4 in \
    place of Prodromakis' +3/4: this is Xyce's behaviour. Where a power is not real, that of \
    the magnitude is taken.

    ### Level 3: Yakopcic, as Xyce computes it

    i = a x sinh(b v) with a = `a1` for v >= 0, else `a2`; dx/dt = eta g(v) f(x) with \
    g = `ap` (exp(v) - exp(vp)) for v > vp, -`an` (exp(-v) - exp(vn)) for v < -vn, else 0. Where \
    eta v > 0, f is 1 up to xp, then (1 - x)/(1 - xp) exp(-alphap (x - xp)); else 1 above 1 - xn, \
    and x/(1 - xn) exp(alphan (x + xn - 1)) below. `vn` is written above zero; the default below \
    zero leaves no dead zone. At xp = 1 or xn = 1 the window is 0 where the formula divides by zero.

    ### Level 4: PEM, as Xyce computes it

    i = x (i1 exp(v/v1) - i2 exp(-v/v2) + g0 v - (i1 - i2)); dx/dt is c1 g f+(x) for v >= 0 and \
    c2 g f-(x) for v < 0, with g = exp(d1 (v - vp)) - 1 for v >= vp, exp(d2 (v - vn)) - 1 for \
    v <= vn, else 0. Published descriptions switch at v < -vn; Xyce switches at v <= vn, and so \
    does this model. f+ and f- are read, straight between points, from files of two columns. \
    Without `xo` the state starts at 1 where v > 0 at the operating point, else at 0.

    ### Level 5: voltage threshold of Pershin and Di Ventra

        dR/dt = beta v + (alpha - beta)/2 (|v + vt| - |v - vt|),   rmin <= R <= rmax

    with the parameters of ngspice's code model; x is (R - rmin)/(rmax - rmin), kept in bounds as \
    at level 1. `xo` counts, where given, in place of `rinit`.

    ### Level 6: VTEAM

    dx/dt is `koff`/(woff - won) (v/voff - 1)^alphaoff f(x) for v > voff, `kon`/(woff - won) \
    (v/von - 1)^alphaon f(x) for v < von, else 0; x = (w - won)/(woff - won). R goes from `ron` at \
    x = 0 to `roff` at x = 1, linearly, or exponentially with `ivrelation=1`. Windows and \
    bounds are those \
    of level 1. Between the thresholds nothing moves: reading there does not disturb.

    ### Level 7: filament of a metal oxide cell (Stanford-PKU)

        i = i0 exp(-gap/g0) sinh(v/v0)
        d gap/dt = -vel0 exp(-ea/kT) sinh(gamma a0 q v/(l k T))
        gamma = gamma0 - beta (gap/g1)^3,   T = T0 + rth v i

    with T0 the temperature of the instance and x = (gapmax - gap)/(gapmax - gapmin), kept in \
    bounds as at level 1. Positive v closes the gap. There is no threshold: any voltage disturbs a \
    little, and without any nothing moves. The published model's random variations are left out.

    ### Telegraph noise (levels 2 and 3)

    With `resnoise=1` the resistance is multiplied by 1 + resdelta resdeltagrad / 2 and \
    1 - resdelta resdeltagrad / 2 in turn (1 before the first change), after waits of -ln(u) \
    reslambda restd with u uniform. With `xnoise=1` alphap and alphan are multiplied by \
    1 + xdelta u, u uniform in -1...1, after waits of mean xlambda restd. Steps end at the \
    changes. The draws depend on the seed and the instance alone; they are not Xyce's.

        YMEMRISTOR m1 a b drift xo=0.1
        .model drift memristor level=1 ron=100 roff=16k d=10n mu=1e-14 wt=1 p=2
    """
}
