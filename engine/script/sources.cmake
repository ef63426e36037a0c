# SPDX-License-Identifier: MIT
target_sources(deferscope_engine PRIVATE
    script/decode.cpp
    script/diagnostic.cpp
    script/diagnostic.h
    script/expressionparser.cpp
    script/expressionprinter.cpp
    script/lexer.cpp
    script/lexer.h
    script/nesting.h
    script/parser.cpp
    script/parser.h
    script/parser_p.h
    script/printer.cpp
    script/printer.h
    script/stringparser.cpp
    script/syntaxtree.h
)
