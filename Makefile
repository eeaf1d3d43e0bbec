# Địa bàn. Gõ `make` để xem các lệnh.
PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1
ARGS ?=

IN_VENV := .venv/bin/python
SET_UP := $(PYTHON) -m tools.set_up
LOCK := .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command "make lock" $(ARGS)
HAS_SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)$(filter Darwin,$(shell uname))

.DEFAULT_GOAL := menu
.PHONY: menu setup run test check format bench lock assets bundle install-offline clean setup-dev setup-test

menu:
	@echo "Địa bàn: bản đồ địa bàn trọng điểm và độ phủ camera"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: ## chuẩn bị môi trường, thư viện, phông chữ (run và test tự làm bước này)
	@$(SET_UP) run

run: setup ## mở bảng điều khiển; thêm PORT=8501 ADDRESS=127.0.0.1
	@$(IN_VENV) -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT) \
		$(if $(HAS_SCREEN),,--server.headless true)

test: setup-test ## chạy mọi bài kiểm thử; thêm ARGS="-k tên" để chọn
	@$(IN_VENV) -m pytest $(ARGS)

check: setup-dev ## soát mã nguồn: ruff, mypy
	@$(IN_VENV) -m ruff check
	@$(IN_VENV) -m ruff format --check
	@$(IN_VENV) -m mypy

format: setup-dev ## sửa cách trình bày mã nguồn
	@$(IN_VENV) -m ruff check --fix
	@$(IN_VENV) -m ruff format

bench: setup-dev ## đo tốc độ so với thư viện khác, ghi vào docs/benchmarks.md; chọn phần bằng ARGS=join
	@.venv/bin/uv venv --quiet --allow-existing --python .venv/bin/python .venv-bench
	@.venv/bin/uv pip sync --quiet --python .venv-bench/bin/python --require-hashes bench/requirements.txt
	@.venv-bench/bin/python -m bench.write $(ARGS)

lock: setup-dev ## khóa lại phiên bản thư viện; thêm ARGS=--upgrade để nâng
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	@$(LOCK) pyproject.toml --group bench -c requirements.txt -o bench/requirements.txt
	@$(LOCK) --group node -o tools/requirements-node.txt
	@npm install --package-lock-only --no-audit --no-fund

assets: setup ## lấy thư viện bản đồ và phông chữ vào static/vendor
	@$(IN_VENV) -m tools.assets

bundle: setup ## đóng gói để cài trên máy không có mạng
	@$(IN_VENV) -m tools.bundle

install-offline: ## cài từ gói ngoại tuyến (trong thư mục giải nén), không dùng mạng
	@$(SET_UP) run --offline

clean: ## xóa sản phẩm trung gian; giữ dữ liệu, môi trường và phông chữ
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

setup-dev:
	@$(SET_UP) dev

setup-test:
	@$(SET_UP) test
