// The page around the map: fingers and wheel, the frame's height, and the way back to Python.
function isTouch() {
  return window.matchMedia("(pointer: coarse)").matches;
}

// A finger scrolls the page; two move the map. The wheel turns the page until the map has the focus.
function adaptToTouch(map) {
  if (isTouch()) map.dragging.disable();
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  const container = map.getContainer();
  container.addEventListener("pointerdown", () => container.classList.add("wm-pointer"), true);
  container.addEventListener("keydown", () => container.classList.remove("wm-pointer"), true);
}

// On a phone the frame is as high as the map needs there, whatever height the page asked for.
function adaptFrame() {
  const { Streamlit } = window;
  if (!Streamlit) return;
  document.documentElement.classList.add("wm-frame");
  const send = Streamlit.setFrameHeight;
  let asked = 0;
  Streamlit.setFrameHeight = (height) => {
    asked = height;
    const width = window.innerWidth;
    const phone = Math.round(0.83 * width) + 24;
    send.call(Streamlit, width && width < NARROW ? Math.min(height, phone) : height);
  };
  window.addEventListener("resize", () => asked && Streamlit.setFrameHeight(asked));
}

// Through the component's own channel rather than a tooltip: st_folium reads a tooltip's text by way of
// innerHTML, and a ward code comes from a file.
function tellPage(code) {
  if (!window.Streamlit) return;
  const answer = { last_object_clicked_tooltip: `${Date.now().toString(36)}:${code}` };
  Object.assign(window.__GLOBAL_DATA__, answer, { previous_data: answer });
  window.Streamlit.setComponentValue(answer);
}
