# The commands of this repository. Anything longer than a line is a Python module.
PYTHON ?= $(shell for python in .venv/bin/python python3.13 python3.12 python3.11 python3.14 python3; do \
	  $$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  && echo $$python && exit; done; command -v python3)
VENV = .venv/bin/python
INSTALL = $(or $(PYTHON),$(error 找不到 Python，请安装 3.11 或更高版本)) -m hedong_portal.install

.DEFAULT_GOAL := help
.PHONY: help install run stop test faults check fix migrate lock

help:  ## 列出所有命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

install:  ## 只准备 .venv 和运行所需的依赖
	@$(INSTALL) run

run: install  ## 在本机启动门户（PORTAL_PORT 换端口，PORTAL_DATA_DIR 换数据目录）
	@$(VENV) -m hedong_portal.launcher --with-parent

stop: install  ## 停止门户和内置服务
	@$(VENV) -m hedong_portal.launcher stop

test:  ## 在独立的数据库上运行全部测试；TESTS="tests/matters -k search" 只运行一部分
	@$(INSTALL) dev
	@$(VENV) -m hedong_portal.checks test $(TESTS)

faults:  ## 反复强行终止各个进程后再启动（REPEAT=10 为次数）
	@$(INSTALL) dev
	@$(VENV) -m hedong_portal.checks faults

check:  ## 检查格式、代码、模板、迁移、依赖方向和类型
	@$(INSTALL) dev
	@$(VENV) -m hedong_portal.checks check

fix:  ## 整理格式，改正能自动改正的问题
	@$(INSTALL) dev
	@$(VENV) -m hedong_portal.checks fix

migrate: install  ## 更新数据表
	@$(VENV) manage.py migrate

lock:  ## 按 pyproject.toml 重新生成两个依赖锁定文件（需要网络）
	@$(INSTALL) dev
	@$(VENV) -m hedong_portal.checks lock
