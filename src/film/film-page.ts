/**
 * A film as one HTML page: slider, play, code and picture, in the reader's theme, without anything from elsewhere. It works from a file
 * and in a frame. Texts of the recording get into it as text only.
 */
import { marksStyles } from '../drawing/marks.tsx';
import { paletteNames, paletteOf } from '../drawing/palettes.ts';
import { pictureStyles } from '../drawing/theme.ts';
import { language, say } from '../words/say.ts';
import type { Film } from './film.ts';
import { type PlayerWords, player } from './player.ts';

export function toFilmPage(film: Film): string {
  const styles = (['light', 'dark'] as const).map((theme) => {
    const { background, text, title, line } = paletteOf(theme);
    return `:root{--back:${background};--text:${text};--quiet:${title};--line:${line}}${pictureStyles(theme, paletteNames)}${marksStyles(theme)}`;
  });
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(film.title)}</title>
<style>${styles[0]}@media (prefers-color-scheme:dark){${styles[1]}}${layout}</style>
<body${film.scripts.length === 0 ? ' class="single"' : ''}>
<header>
<h1>${escaped(film.title)}</h1>
<button id="first" title="${say('film_firstHint')}" aria-label="${say('film_first')}">|◀</button>
<button id="back" title="${say('film_backHint')}" aria-label="${say('film_back')}">◀</button>
<button id="play" title="${say('film_playHint')}">▶ ${say('film_play')}</button>
<button id="next" title="${say('film_nextHint')}" aria-label="${say('film_next')}">▶</button>
<button id="change" title="${say('film_changeHint')}">${say('film_change')}</button>
<input id="slider" type="range" min="0" value="0" aria-label="${say('film_step')}">
<output id="count"></output>
<select id="speed" aria-label="${say('film_speed')}"><option value="2000">${say('film_speed_slow')}</option><option value="1000" selected>${say('film_speed_usual')}</option><option value="400">${say('film_speed_fast')}</option><option value="120">${say('film_speed_fastest')}</option></select>
<input id="find" type="search" placeholder="${say('film_find')}" aria-label="${say('film_findHint')}">
</header>
<main>
<section id="code" aria-label="${say('film_code')}"><p id="calls"></p><pre tabindex="0"></pre><p id="history" role="status">${say('film_click')}</p></section>
<section id="stage" aria-label="${say('film_graph')}"><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(film.title)}"></svg></section>
</main>
<script type="application/json" id="film">${JSON.stringify(film).replaceAll('<', '\\u003c')}</script>
<script>(${player.toString().replaceAll('</', '<\\/')})(document,${JSON.stringify(wordsOf(film)).replaceAll('<', '\\u003c')})</script>
</html>
`;
}

const wordsOf = ({ left }: Film): PlayerWords => ({
  play: say('film_play'),
  pause: say('film_pause'),
  click: say('film_click'),
  firstSeen: say('film_firstSeen'),
  changed: say('film_changed'),
  unchanged: say('film_unchanged'),
  left: left > 0 ? say('film_left', { count: left }) : '',
});

const layout = `
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{display:flex;flex-direction:column;height:100vh;margin:0;background:var(--back);color:var(--text);font:14px/1.4 system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;align-items:center;gap:6px;padding:6px 8px;border-bottom:1px solid var(--line)}
header button,header select,header input[type=search]{height:28px;font:inherit}
h1{margin:0 6px 0 2px;font-size:14px}
#slider{flex:1 1 160px}
#count{min-width:70px;font-variant-numeric:tabular-nums}
#find{width:110px}
main{display:flex;flex:1;min-height:0}
#code{display:flex;flex:0 1 38%;flex-direction:column;min-width:0;min-height:0;border-right:1px solid var(--line)}
#calls,#history{flex:none;max-height:30%;margin:0;padding:4px 10px;overflow:auto;color:var(--quiet);font-size:12px}
#calls{border-bottom:1px solid var(--line)}
#calls:empty{display:none}
#history{padding:8px 10px;border-top:1px solid var(--line);line-height:1.8}
#history button{margin:0 2px;font:inherit}
#code pre{flex:1;min-height:0;margin:0;overflow:auto;font:12px/18px ui-monospace,monospace}
#code pre span{display:block;min-width:max-content;padding:0 10px;white-space:pre}
#code pre span::before{content:attr(data-line);display:inline-block;width:3.5em;color:var(--quiet)}
#code pre span.here{background:light-dark(#fff3bf,#4a3d14)}
#stage{flex:1;min-width:0;padding:8px}
#stage svg{width:100%;height:100%}
.mg-at{fill:var(--quiet);font:bold 12px monospace}
.lit .mg-frame{stroke-width:3}
.found .mg-frame{stroke:#c2410c;stroke-width:4}
[data-reference].lit path{stroke-width:3}
body.single :is(#first,#back,#play,#next,#change,#slider,#count,#speed,#code){display:none}
@media (max-width:640px){main{flex-direction:column}#code{flex:0 1 35%;border-right:0;border-bottom:1px solid var(--line)}}
`;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
