'use strict';
// Read-outs and downloads. The charts themselves, in all their forms, are in the page already.
(() => {
  const readings = JSON.parse(document.getElementById('readings').textContent);
  const SVG = document.querySelector('svg').namespaceURI;

  const element = (name, text, className) => {
    const e = document.createElement(name);
    e.textContent = text;
    if (className) e.className = className;
    return e;
  };

  const key = (series) => {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'chart key');
    svg.setAttribute('viewBox', '-6 -6 12 12');
    svg.setAttribute('width', '12');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', series.marker);
    path.setAttribute('class', series.filled ? 'mark' : 'mark hollow');
    svg.append(path);
    return svg;
  };

  // From a point to a rectangle; 0 within it.
  const distance = (box, { clientX: x, clientY: y }) =>
    Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));

  const visibleChart = (plots) =>
    [...plots.querySelectorAll('svg[role="img"]')].find((svg) => svg.getClientRects().length > 0);

  const readOut = (plots) => {
    const { title, through, series, stops } = readings[plots.dataset.chart];
    if (stops.length === 0) return;
    const box = element('div', '', 'readout');
    box.setAttribute('role', 'status');
    box.hidden = true;
    plots.append(box);
    plots.tabIndex = 0;
    plots.setAttribute('role', 'group');
    plots.setAttribute('aria-label', `${title}: left and right arrow keys step through ${through}`);
    let current = -1;

    const hide = () => {
      current = -1;
      box.hidden = true;
      plots.querySelectorAll('.stop.on').forEach((line) => line.classList.remove('on'));
    };

    const show = (index) => {
      if (index === current) return;
      hide();
      current = index;
      const line = visibleChart(plots).querySelectorAll('.stop')[index];
      line.classList.add('on');
      box.replaceChildren(element('b', stops[index].label));
      for (const [s, reading] of stops[index].rows) {
        if (s < 0) {
          box.append(element('p', reading));
          continue;
        }
        const row = element('div', '', series[s].look);
        row.append(key(series[s]), element('bdi', series[s].name), element('span', reading));
        box.append(row);
      }
      box.hidden = false;
      const frame = plots.getBoundingClientRect();
      const { left: from, right: to, bottom } = line.getBoundingClientRect();
      const beside = to > from ? from - frame.left : to - frame.left + 14;
      const right = beside + box.offsetWidth <= frame.width;
      const left = right ? beside : from - frame.left - 14 - box.offsetWidth;
      box.style.left = `${Math.max(0, Math.min(left, frame.width - box.offsetWidth))}px`;
      // Beside a line; under a box, which it must not hide.
      box.style.top = `${to > from ? bottom - frame.top + 8 : 24}px`;
    };

    plots.addEventListener('pointermove', (event) => {
      const lines = [...visibleChart(plots).querySelectorAll('.stop')];
      const distances = lines.map((line) => distance(line.getBoundingClientRect(), event));
      show(distances.indexOf(Math.min(...distances)));
    });
    plots.addEventListener('pointerleave', hide);
    plots.addEventListener('blur', hide);
    plots.addEventListener('keydown', (event) => {
      const last = stops.length - 1;
      const target = {
        ArrowRight: Math.min(last, current + 1),
        ArrowLeft: current < 0 ? last : Math.max(0, current - 1),
        Home: 0,
        End: last,
      }[event.key];
      if (target !== undefined) {
        event.preventDefault();
        show(target);
      } else if (event.key === 'Escape') {
        hide();
      }
    });
    plots.closest('.panel').addEventListener('change', hide);
  };

  const download = (blob, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  // A copy that stands alone: the style goes along, the marks of the read-out do not.
  const standalone = (plots) => {
    const svg = visibleChart(plots).cloneNode(true);
    svg.querySelector('.stops')?.remove();
    const style = document.createElementNS(SVG, 'style');
    style.textContent = document.getElementById('chart-style').textContent;
    const card = document.createElementNS(SVG, 'rect');
    card.setAttribute('class', 'card');
    card.setAttribute('width', '100%');
    card.setAttribute('height', '100%');
    svg.querySelector('desc').after(style, card);
    return svg;
  };

  const asBlob = (svg) =>
    new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });

  const save = {
    SVG: (plots, name) => download(asBlob(standalone(plots)), `${name}.svg`),
    PNG: async (plots, name) => {
      const svg = standalone(plots);
      const address = URL.createObjectURL(asBlob(svg));
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = 2 * svg.getAttribute('width');
      canvas.height = 2 * svg.getAttribute('height');
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => download(blob, `${name}.png`));
    },
  };

  // Tab-separated, as it stands there, but for the sign that programs read as minus: each interval in a column of
  // its own, the strategy in the first.
  const asText = (table) => {
    const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const lines = [['strategy', ...titles.flatMap((title) => [title, `${title} (below)`])]];
    for (const body of table.tBodies) {
      const [group, ...points] = body.rows;
      const name = group.querySelector('bdi').textContent;
      for (const row of points) {
        lines.push([name, ...[...row.cells].flatMap((cell) => [
          (cell.querySelector('summary') ?? cell.firstChild)?.textContent ?? '',
          cell.querySelector(':scope > small')?.textContent ?? '',
        ])]);
      }
    }
    const filled = lines[0].map((_, i) => lines.slice(1).some((line) => line[i]));
    return lines.map((line) => line.filter((_, i) => filled[i]).join('\t')).join('\n').replace(/−(?=\d)/g, '-');
  };

  const copy = document.querySelector('#data button');
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(asText(document.querySelector('#data table')));
      copy.textContent = 'Copied';
      copy.addEventListener('blur', () => { copy.textContent = 'Copy'; }, { once: true });
    });
  }

  for (const panel of document.querySelectorAll('.panel')) {
    const plots = panel.querySelector('.plots');
    readOut(plots);
    for (const button of panel.querySelectorAll('button')) {
      button.hidden = false;
      button.addEventListener('click', () => save[button.textContent](plots, panel.id));
    }
  }
})();
