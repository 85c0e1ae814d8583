// What is wrong with the look of a page, once everything on it is unfolded.
(() => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });

  const describe = (element) => {
    const text = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName} class="${element.className}"> ${text}`;
  };

  const scrolls = (element) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  };
  const root = document.documentElement;
  const tooWide = [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5 && !scrolls(each))
    .map(describe);
  if (root.scrollWidth > window.innerWidth) tooWide.unshift(`the page is ${root.scrollWidth} px wide`);

  const colour = (text) => {
    const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number);
    return { parts: [red, green, blue], alpha };
  };
  // Relative luminance and contrast as WCAG 2.2 defines them.
  const luminance = (parts) => {
    const [red, green, blue] = parts
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const found = colour(getComputedStyle(each).backgroundColor);
      if (found.alpha === 1) return found.parts;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const contrast = (element) => {
    const pair = [colour(getComputedStyle(element).color).parts, background(element)].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const faint = [...document.body.querySelectorAll("*")]
    .filter((each) => hasText(each) && each.checkVisibility() && contrast(each) < 4.5)
    .map((each) => `${contrast(each).toFixed(1)}: ${describe(each)}`);

  return { tooWide, faint, links: [...document.links].map((link) => link.href) };
})();
