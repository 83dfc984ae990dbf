/// The style of a campaign's page: light, or dark where the reader's system or the button says so.
enum ReportStyle {
  static let text = """
    :root { color-scheme: light dark; --ground: light-dark(#fff, #14171a);
      --ink: light-dark(#1d2125, #e3e6e8); --soft: light-dark(#5a636b, #a3adb5);
      --line: light-dark(#d5dadf, #39424a); --tint: light-dark(#f3f5f7, #1d2226);
      --mark: light-dark(#005a94, #6cb8ec); }
    :root[data-theme="light"] { color-scheme: light; }
    :root[data-theme="dark"] { color-scheme: dark; }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--ground);
      color: var(--ink); font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
    h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; padding-top: .6rem;
      border-top: 1px solid var(--line); }
    h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
    p { margin: .3rem 0 .8rem; max-width: 70ch; }
    header p, figcaption, caption { color: var(--soft); }
    a { color: var(--mark); }
    .skip { position: absolute; left: -99rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .3rem .6rem; }
    nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; list-style: none; }
    button, select, input { font: inherit; color: inherit; }
    button { background: var(--tint); border: 1px solid var(--line); border-radius: .3rem;
      padding: .25rem .7rem; cursor: pointer; }
    button:hover { border-color: var(--mark); }
    :focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
    #theme { float: right; margin-left: 1rem; }
    figure { margin: 0 0 1.6rem; }
    figure > svg { display: block; width: 100%; height: auto; border-radius: .3rem; }
    .figures { display: grid; gap: 1.2rem;
      grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); }
    .scroll { overflow: auto; max-height: 36rem; border: 1px solid var(--line); }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding: .4rem .6rem; }
    th { position: sticky; top: 0; background: var(--tint); padding: 0; text-align: right; }
    th button { width: 100%; border: 0; border-radius: 0; text-align: inherit;
      white-space: nowrap; font-weight: 600; }
    th[aria-sort="ascending"] button::after { content: " \\25B2"; }
    th[aria-sort="descending"] button::after { content: " \\25BC"; }
    td { padding: .2rem .7rem; text-align: right; border-top: 1px solid var(--line);
      white-space: nowrap; }
    td:not([data-key]) { text-align: left; }
    .film .states { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem;
      max-width: 54rem; }
    .film canvas { width: 100%; display: block; image-rendering: pixelated;
      border: 1px solid var(--line); }
    .film .controls { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center;
      margin: .8rem 0; max-width: 54rem; }
    .film input { flex: 1 1 12rem; accent-color: var(--mark); }
    .film output { font-variant-numeric: tabular-nums; min-width: 17rem; }
    .film .curve { max-width: 54rem; background: var(--tint); width: 100%; height: 6rem;
      display: block; }
    .film .curve polyline { fill: none; stroke: var(--mark); stroke-width: 2;
      vector-effect: non-scaling-stroke; }
    .film .curve line { stroke: var(--soft); stroke-width: 1;
      vector-effect: non-scaling-stroke; }
    pre { overflow: auto; padding: .8rem; background: var(--tint);
      border: 1px solid var(--line); font-size: .85rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; }
    dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
    @media print { #theme, nav, .controls, .skip { display: none; }
      .scroll { max-height: none; } }
    /* the figures are drawn on white: turned over, with their hues kept */
    :root[data-theme="dark"] figure > svg { filter: invert(.91) hue-rotate(180deg); }
    @media (prefers-color-scheme: dark) {
      :root:not([data-theme="light"]) figure > svg { filter: invert(.91) hue-rotate(180deg); } }
    """
}
