<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>R&amp;eset</source>
        <translation>重置(&amp;E)</translation>
    </message>
    <message>
        <source>Begin anew, from exactly the same start</source>
        <translation>从完全相同的起点重新开始</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>单步(&amp;S)</translation>
    </message>
    <message>
        <source>Take one step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>Run until paused</source>
        <translation>一直运行，直到暂停</translation>
    </message>
    <message>
        <source>Run s&amp;teps</source>
        <translation>运行多步(&amp;T)</translation>
    </message>
    <message>
        <source>Run as many steps as the box beside it says</source>
        <translation>按旁边输入框中的步数运行</translation>
    </message>
    <message>
        <source>&amp;Copy losses</source>
        <translation>复制损失(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the newest losses, for a spreadsheet</source>
        <translation>复制最新的损失值，可粘贴到电子表格</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>加速(&amp;F)</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>减速(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Run and its plots</source>
        <translation>运行与曲线图(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Debug</source>
        <translation>调试(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>Default la&amp;yout</source>
        <translation>默认布局(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Lockstep</source>
        <translation>关于 Lockstep(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>Step &amp;into</source>
        <translation>单步进入(&amp;I)</translation>
    </message>
    <message>
        <source>Follow the next step line by line in the Debug view</source>
        <translation>在调试视图中逐行跟踪下一步</translation>
    </message>
    <message>
        <source>Back to the st&amp;art</source>
        <translation>回到起点(&amp;H)</translation>
    </message>
    <message>
        <source>One step &amp;back</source>
        <translation>后退一步(&amp;B)</translation>
    </message>
    <message>
        <source>One recorded step for&amp;ward</source>
        <translation>在已记录的步中前进一步(&amp;W)</translation>
    </message>
    <message>
        <source>To the &amp;newest step</source>
        <translation>到最新一步(&amp;N)</translation>
    </message>
    <message>
        <source>Pau&amp;se</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停 (空格)</translation>
    </message>
    <message>
        <source>Run until paused (Space)</source>
        <translation>一直运行，直到暂停 (空格)</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>BranchLegend</name>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
</context>
<context>
    <name>BranchRow</name>
    <message>
        <source>{branch}: click to hide or show</source>
        <translation>{branch}：单击以隐藏或显示</translation>
    </message>
    <message>
        <source>Name of {branch}</source>
        <translation>{branch} 的名称</translation>
    </message>
    <message>
        <source>Remove {branch}</source>
        <translation>删除 {branch}</translation>
    </message>
    <message>
        <source>Loss of {lane} in {branch}</source>
        <translation>{branch} 中 {lane} 的损失</translation>
    </message>
</context>
<context>
    <name>BreakpointFields</name>
    <message>
        <source>Stop at</source>
        <translation>停止于</translation>
    </message>
    <message>
        <source>What the run stops at: a line, a stage or a condition</source>
        <translation>运行在何处停止：某一行、某个阶段或某个条件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>A file of the DIY source</source>
        <translation>DIY 源代码中的一个文件</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The number of the line, from 1</source>
        <translation>行号，从 1 数起</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>The part of the step that the run stops before</source>
        <translation>运行在一步中的哪一部分之前停止</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Of which layer</source>
        <translation>属于哪一层</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>量</translation>
    </message>
    <message>
        <source>What is looked at in each step</source>
        <translation>每一步中所查看的量</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>The lane that it is of; parity is of the two lanes of an optimizer</source>
        <translation>该量属于哪条通道；差异是就一个优化器的两条通道而言的</translation>
    </message>
    <message>
        <source>Stop when it</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>How it is compared. It rises compared with the step before.</source>
        <translation>如何比较。“升到”是与上一步相比。</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The number that it is compared with</source>
        <translation>与之比较的数</translation>
    </message>
    <message>
        <source>From hit</source>
        <translation>从第几次命中起</translation>
    </message>
    <message>
        <source>The first times are let pass: stop from this hit on</source>
        <translation>放过前几次：从这一次命中起才停止</translation>
    </message>
    <message>
        <source>Any pair</source>
        <translation>任一对通道</translation>
    </message>
    <message>
        <source>Any lane</source>
        <translation>任一通道</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
    </message>
</context>
<context>
    <name>BreakpointList</name>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Space switches a breakpoint on or off, Delete removes it, Enter goes to it</source>
        <translation>空格键启用或停用断点，Delete 键删除断点，Enter 键转到断点</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>The run stops</source>
        <translation>停止位置</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>How often it was hit since the run began or breakpoints changed</source>
        <translation>自运行开始或断点更改以来命中的次数</translation>
    </message>
    <message>
        <source>on</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>the run stands here</source>
        <translation>运行停在此处</translation>
    </message>
    <message>
        <source>None yet. Click beside a line of the source, or add one here.</source>
        <translation>还没有断点。单击源代码某一行的旁边，或在此处添加。</translation>
    </message>
</context>
<context>
    <name>BreakpointsPanel</name>
    <message>
        <source>+ Stage</source>
        <translation>+ 阶段</translation>
    </message>
    <message>
        <source>+ Condition</source>
        <translation>+ 条件</translation>
    </message>
    <message>
        <source>Disable all</source>
        <translation>全部停用</translation>
    </message>
    <message>
        <source>Add a stage</source>
        <translation>添加阶段断点</translation>
    </message>
    <message>
        <source>Stop before a stage of each step, such as the optimizer&apos;s update</source>
        <translation>在每一步的某个阶段之前停止，例如优化器的更新</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件断点</translation>
    </message>
    <message>
        <source>Stop when a number of the run, such as the loss, gets there</source>
        <translation>当运行中的某个数 (例如损失) 达到条件时停止</translation>
    </message>
    <message>
        <source>Switch all breakpoints off, or on again</source>
        <translation>停用全部断点，或重新启用</translation>
    </message>
    <message>
        <source>Remove the chosen breakpoint (Delete)</source>
        <translation>删除所选的断点 (Delete)</translation>
    </message>
    <message>
        <source>Enable all</source>
        <translation>全部启用</translation>
    </message>
</context>
<context>
    <name>ChainTable</name>
    <message>
        <source>The chain rule, row by row of the batch</source>
        <translation>链式法则，按批次逐行列出</translation>
    </message>
    <message>
        <source>share</source>
        <translation>贡献</translation>
    </message>
    <message>
        <source>row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Row {number} of the data, from 0</source>
        <translation>数据的第 {number} 行，从 0 数起</translation>
    </message>
    <message>
        <source>… rows not shown: {count}</source>
        <translation>……未显示的行：{count}</translation>
    </message>
    <message>
        <source>Σ  ∂L/∂{element}</source>
        <translation>Σ  ∂L/∂{element}</translation>
    </message>
    <message>
        <source>The shares of all rows added up: the gradient of {element}</source>
        <translation>所有行的贡献之和：{element} 的梯度</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <source>Type numbers, or paste them from a spreadsheet or a CSV file; the grid grows as needed.</source>
        <translation>输入数字，或从电子表格、CSV 文件粘贴；表格会按需扩大。</translation>
    </message>
    <message>
        <source>Data: inputs x and targets y</source>
        <translation>数据：输入 x 与目标 y</translation>
    </message>
    <message>
        <source>Add a row below the current one</source>
        <translation>在当前行下方添加一行</translation>
    </message>
    <message>
        <source>Add an input column</source>
        <translation>添加一个输入列</translation>
    </message>
    <message>
        <source>Add a target column</source>
        <translation>添加一个目标列</translation>
    </message>
    <message>
        <source>Remove the selected rows</source>
        <translation>删除所选的行</translation>
    </message>
    <message>
        <source>Remove the selected input columns, or the last one</source>
        <translation>删除所选的输入列；未选时删除最后一列</translation>
    </message>
    <message>
        <source>Remove the selected target columns, or the last one</source>
        <translation>删除所选的目标列；未选时删除最后一列</translation>
    </message>
    <message>
        <source>Rows {count}</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>x {count}</source>
        <translation>x {count} 列</translation>
    </message>
    <message>
        <source>y {count}</source>
        <translation>y {count} 列</translation>
    </message>
</context>
<context>
    <name>DebugActions</name>
    <message>
        <source>Toggle &amp;breakpoint</source>
        <translation>切换断点(&amp;K)</translation>
    </message>
    <message>
        <source>Stop before the line of the text cursor, or no more</source>
        <translation>在光标所在的行之前停止，或不再停止</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>Run on to the next breakpoint</source>
        <translation>继续运行到下一个断点</translation>
    </message>
    <message>
        <source>Step &amp;over</source>
        <translation>单步跳过(&amp;O)</translation>
    </message>
    <message>
        <source>Next line, past what this one calls</source>
        <translation>到下一行，不进入本行所调用的函数</translation>
    </message>
    <message>
        <source>Step &amp;into</source>
        <translation>单步进入(&amp;I)</translation>
    </message>
    <message>
        <source>Next line, into what this one calls</source>
        <translation>到下一行，进入本行所调用的函数</translation>
    </message>
    <message>
        <source>Step ou&amp;t</source>
        <translation>单步跳出(&amp;T)</translation>
    </message>
    <message>
        <source>On to the caller</source>
        <translation>继续到调用者</translation>
    </message>
    <message>
        <source>Next &amp;stage</source>
        <translation>下一阶段(&amp;S)</translation>
    </message>
    <message>
        <source>On to the beginning of the next stage</source>
        <translation>到下一阶段的开头</translation>
    </message>
    <message>
        <source>Next training ste&amp;p</source>
        <translation>下一训练步(&amp;P)</translation>
    </message>
    <message>
        <source>The same place, one training step on</source>
        <translation>同一位置，后一个训练步</translation>
    </message>
    <message>
        <source>Continue bac&amp;kwards</source>
        <translation>反向继续(&amp;B)</translation>
    </message>
    <message>
        <source>Run back to the last breakpoint before</source>
        <translation>往回运行到前一个断点</translation>
    </message>
    <message>
        <source>Step over backwards</source>
        <translation>反向单步跳过</translation>
    </message>
    <message>
        <source>Line before, past what it called</source>
        <translation>到上一行，不进入它所调用的函数</translation>
    </message>
    <message>
        <source>Step into backwards</source>
        <translation>反向单步进入</translation>
    </message>
    <message>
        <source>Line before, into what it called</source>
        <translation>到上一行，进入它所调用的函数</translation>
    </message>
    <message>
        <source>Step out backwards</source>
        <translation>反向单步跳出</translation>
    </message>
    <message>
        <source>Back to the caller</source>
        <translation>回到调用者</translation>
    </message>
    <message>
        <source>Previous stage</source>
        <translation>上一阶段</translation>
    </message>
    <message>
        <source>Back to the beginning of this stage, then of the one before</source>
        <translation>先回到本阶段的开头，再回到上一阶段的开头</translation>
    </message>
    <message>
        <source>Previous training step</source>
        <translation>上一训练步</translation>
    </message>
    <message>
        <source>The same place, one training step back</source>
        <translation>同一位置，前一个训练步</translation>
    </message>
</context>
<context>
    <name>DebugToolbar</name>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The optimizer whose step is shown</source>
        <translation>所显示的是哪个优化器的训练步</translation>
    </message>
    <message>
        <source>Where the debugger is</source>
        <translation>调试器所在的位置</translation>
    </message>
</context>
<context>
    <name>DebugView</name>
    <message>
        <source>What is at hand</source>
        <translation>当前内容</translation>
    </message>
    <message>
        <source>About the line at hand</source>
        <translation>关于当前行</translation>
    </message>
    <message>
        <source>Line {line} does not run in this step.</source>
        <translation>第 {line} 行在这一步中不会执行。</translation>
    </message>
    <message>
        <source>Step {step:,}, at its end</source>
        <translation>第 {step:,} 步，已到末尾</translation>
    </message>
    <message>
        <source>{step:,}: end</source>
        <translation>{step:,}：末尾</translation>
    </message>
    <message>
        <source>Step {step:,}, {done} of {last} lines run</source>
        <translation>第 {step:,} 步，已执行 {done} 行，共 {last} 行</translation>
    </message>
    <message>
        <source>{step:,}: {done}/{last}</source>
        <translation>{step:,}：{done}/{last}</translation>
    </message>
    <message>
        <source>Every line of this step has run. Going on takes the next training step.</source>
        <translation>这一步的所有行都已执行。继续将走下一个训练步。</translation>
    </message>
    <message>
        <source>One training step of ours, about to begin. F10 takes the next line, Ctrl+F10 goes back.</source>
        <translation>我们自己的一个训练步，即将开始。按 F10 执行下一行，按 Ctrl+F10 退回。</translation>
    </message>
    <message>
        <source>{stage}: {about}</source>
        <translation>{stage}：{about}</translation>
    </message>
    <message>
        <source>Stopped: a number that is not finite arose in {tensor}.</source>
        <translation>已停止：{tensor} 中出现了非有限的数。</translation>
    </message>
    <message>
        <source>Stopped at a breakpoint, before the update of step {step:,}.</source>
        <translation>已在断点处停止，位于第 {step:,} 步的更新之前。</translation>
    </message>
    <message>
        <source>Running. This is step {step:,}</source>
        <translation>运行中。此处是第 {step:,} 步</translation>
    </message>
</context>
<context>
    <name>Debugging</name>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Open experiment</source>
        <translation>打开实验</translation>
    </message>
    <message>
        <source>experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Save experiment</source>
        <translation>保存实验</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>“{title}” has changes that are not saved.</source>
        <translation>“{title}”有尚未保存的更改。</translation>
    </message>
    <message>
        <source>Save them first?</source>
        <translation>要先保存吗？</translation>
    </message>
    <message>
        <source>Experiments (*.json);;All files (*)</source>
        <translation>实验 (*.json);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>ElementChooser</name>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>The weight or bias, by torch&apos;s name</source>
        <translation>权重或偏置，采用 torch 的名称</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Which unit of the layer the weight belongs to (i)</source>
        <translation>权重属于该层的哪个单元 (i)</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Which input of the unit it weighs (j)</source>
        <translation>权重作用于该单元的哪个输入 (j)</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The row of the batch whose numbers are put in</source>
        <translation>代入批次中哪一行的数</translation>
    </message>
    <message>
        <source>&amp;row</source>
        <translation>行(&amp;R)</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>State of the debugger</source>
        <translation>调试器的状态</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可以做什么</translation>
    </message>
    <message>
        <source>Follow another optimizer</source>
        <translation>改为跟踪另一个优化器</translation>
    </message>
    <message>
        <source>Follow {optimizer} instead</source>
        <translation>改为跟踪 {optimizer}</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Here one training step is followed line by line, in our own source, beside torch&apos;s numbers.</source>
        <translation>在这里可以逐行跟踪一个训练步：走的是我们自己的源代码，旁边是 torch 的数。</translation>
    </message>
    <message>
        <source>The engine has stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>Start it again, and a step can be followed.</source>
        <translation>重新启动引擎后，即可跟踪训练步。</translation>
    </message>
    <message>
        <source>No step to follow yet</source>
        <translation>还没有可跟踪的训练步</translation>
    </message>
    <message>
        <source>The experiment on the left has faulty entries. Once they are corrected, a step can be followed.</source>
        <translation>左侧的实验填写有误。更正之后，即可跟踪训练步。</translation>
    </message>
    <message>
        <source>This optimizer runs as torch only: there is no line of ours to follow.</source>
        <translation>此优化器只以 torch 运行：没有可跟踪的我们自己的代码行。</translation>
    </message>
    <message>
        <source>Choose another optimizer, or let this one run as DIY too.</source>
        <translation>请选择另一个优化器，或让此优化器也以 DIY 运行。</translation>
    </message>
    <message>
        <source>There is no step {step:,} to follow</source>
        <translation>没有可跟踪的第 {step:,} 步</translation>
    </message>
    <message>
        <source>Go to another step on the timeline.</source>
        <translation>请在时间线上转到另一步。</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>运行中…</translation>
    </message>
    <message>
        <source>When the run pauses, the step that it has reached is shown here.</source>
        <translation>运行暂停后，此处显示它所到达的那一步。</translation>
    </message>
    <message>
        <source>Recording the step…</source>
        <translation>正在记录这一步…</translation>
    </message>
</context>
<context>
    <name>ExperimentForm</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Start and batches</source>
        <translation>起点与批次</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
</context>
<context>
    <name>Formula</name>
    <message>
        <source>Copy as LaTeX</source>
        <translation>复制为 LaTeX</translation>
    </message>
</context>
<context>
    <name>FormulaPage</name>
    <message>
        <source>Formulas</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Where ∂L/∂{element} comes from</source>
        <translation>∂L/∂{element} 从何而来</translation>
    </message>
    <message>
        <source>Why ∂L/∂{element} is {value}</source>
        <translation>∂L/∂{element} 为何是 {value}</translation>
    </message>
    <message>
        <source>The gradient is not finite: look for the first factor that is NaN or infinite.</source>
        <translation>梯度不是有限的数：请查找第一个为 NaN 或无穷大的因子。</translation>
    </message>
    <message>
        <source>DIY&apos;s chain rule and torch&apos;s autograd: {verdict}</source>
        <translation>DIY 的链式法则与 torch 的自动求导：{verdict}</translation>
    </message>
</context>
<context>
    <name>GridModel</name>
    <message>
        <source>An input of the network</source>
        <translation>网络的一个输入</translation>
    </message>
    <message>
        <source>The class of the row: a whole number from 0</source>
        <translation>该行的类别：从 0 开始的整数</translation>
    </message>
    <message>
        <source>What the network should answer for the row</source>
        <translation>网络对该行应给出的答案</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>Gutter</name>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Click to stop before this line (F9)</source>
        <translation>单击以在此行之前停止 (F9)</translation>
    </message>
</context>
<context>
    <name>HeatmapPanel</name>
    <message>
        <source>Heatmaps of DIY, torch and their difference</source>
        <translation>DIY、torch 及两者之差的热图</translation>
    </message>
    <message>
        <source>Rows are units, columns are inputs, both from 0. Point at a cell, or use the arrow keys, to read it.</source>
        <translation>行是单元，列是输入，均从 0 数起。指向单元格或用方向键读取其值。</translation>
    </message>
    <message>
        <source>Press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
</context>
<context>
    <name>HyperForm</name>
    <message>
        <source>{value} (default)</source>
        <translation>{value} (默认)</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
</context>
<context>
    <name>LayerRow</name>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Layer {number}, units</source>
        <translation>第 {number} 层，单元数</translation>
    </message>
    <message>
        <source>How many outputs layer {number} has: a whole number from 1</source>
        <translation>第 {number} 层有多少个输出：从 1 开始的整数</translation>
    </message>
    <message>
        <source>Layer {number}, activation</source>
        <translation>第 {number} 层，激活函数</translation>
    </message>
    <message>
        <source>The function that each output of the layer goes through</source>
        <translation>该层每个输出所经过的函数</translation>
    </message>
    <message>
        <source>Layer {number}, bias</source>
        <translation>第 {number} 层，偏置</translation>
    </message>
    <message>
        <source>Adds a learned number to each output</source>
        <translation>给每个输出加上一个可学习的数</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend and loss values</source>
        <translation>图例与损失值</translation>
    </message>
    <message>
        <source>{lane}: click to hide or show</source>
        <translation>{lane}：单击以隐藏或显示</translation>
    </message>
    <message>
        <source>Loss of {lane}</source>
        <translation>{lane} 的损失</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>LossCanvas</name>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>LossPlot</name>
    <message>
        <source>Loss of every lane over the steps</source>
        <translation>各通道的损失随步数的变化</translation>
    </message>
    <message>
        <source>&amp;Logarithmic</source>
        <translation>对数坐标(&amp;L)</translation>
    </message>
    <message>
        <source>Show the loss on a logarithmic scale</source>
        <translation>以对数坐标显示损失</translation>
    </message>
    <message>
        <source>&amp;Whole run</source>
        <translation>全程(&amp;W)</translation>
    </message>
    <message>
        <source>Leave the zoom and follow the run again (Home, or a double click)</source>
        <translation>取消缩放，重新跟随运行 (Home 键或双击)</translation>
    </message>
    <message>
        <source>at step {step}</source>
        <translation>第 {step} 步</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Heatmaps</source>
        <translation>热图</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>一致性</translation>
    </message>
    <message>
        <source>{title}[*] – Lockstep</source>
        <translation>{title}[*] – Lockstep</translation>
    </message>
</context>
<context>
    <name>MapSelectors</name>
    <message>
        <source>&amp;Optimizer</source>
        <translation>优化器(&amp;O)</translation>
    </message>
    <message>
        <source>The optimizer whose lanes are compared</source>
        <translation>要比较哪个优化器的两条通道</translation>
    </message>
    <message>
        <source>&amp;Tensor</source>
        <translation>张量(&amp;T)</translation>
    </message>
    <message>
        <source>The weight or bias, by torch&apos;s name</source>
        <translation>权重或偏置，采用 torch 的名称</translation>
    </message>
    <message>
        <source>Gradient, weight, or what the optimizer remembers of it</source>
        <translation>梯度、权重，或优化器为其保存的状态</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>显示(&amp;S)</translation>
    </message>
    <message>
        <source>ULPs count the floating-point numbers between both values</source>
        <translation>ULP 表示两个值之间相隔多少个浮点数</translation>
    </message>
    <message>
        <source>&amp;Difference</source>
        <translation>差值(&amp;D)</translation>
    </message>
    <message>
        <source>absolute</source>
        <translation>绝对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Debug</source>
        <translation>调试(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Examples</source>
        <translation>示例(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
</context>
<context>
    <name>MessageLine</name>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 处</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Engine stopped</source>
        <translation>引擎已停止</translation>
    </message>
    <message>
        <source>Loading torch, then runs</source>
        <translation>正在加载 torch，随后运行</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Faulty entries</source>
        <translation>填写有误</translation>
    </message>
    <message>
        <source>Edits wait for Reset</source>
        <translation>更改待重置后生效</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Going back</source>
        <translation>回退中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Show in Debug</source>
        <translation>在调试视图中查看</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>The run was forked after step {step}; the old future is kept as {branch}.</source>
        <translation>运行在第 {step} 步之后分叉；原来的后续已保留为“{branch}”。</translation>
    </message>
    <message>
        <source>Not started. Please correct: {faults}</source>
        <translation>未开始运行。请更正：{faults}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Not started: the experiment was edited, and the run on screen is of the one before.</source>
        <translation>未开始运行：实验已被修改，屏幕上显示的是修改前的运行。</translation>
    </message>
    <message>
        <source>Reset and run</source>
        <translation>重置并运行</translation>
    </message>
    <message>
        <source>Reset and step</source>
        <translation>重置并走一步</translation>
    </message>
    <message>
        <source>Go on with the old one</source>
        <translation>继续旧的运行</translation>
    </message>
    <message>
        <source>The engine keeps stopping. Nothing that you typed is lost.</source>
        <translation>引擎反复停止。您输入的内容没有丢失。</translation>
    </message>
    <message>
        <source>Start it again</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly</source>
        <translation>引擎意外停止</translation>
    </message>
    <message>
        <source>The engine did not answer any more</source>
        <translation>引擎不再响应</translation>
    </message>
    <message>
        <source>{reason} and was started again. Nothing that you typed is lost.</source>
        <translation>{reason}，现已重新启动。您输入的内容没有丢失。</translation>
    </message>
    <message>
        <source>Return to step {step:,}</source>
        <translation>回到第 {step:,} 步</translation>
    </message>
    <message>
        <source>The engine met an error and ended the run: {reason}</source>
        <translation>引擎出错，运行已终止：{reason}</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详细信息…</translation>
    </message>
    <message>
        <source>Error in the engine</source>
        <translation>引擎出错</translation>
    </message>
    <message>
        <source>This is a mistake in Lockstep. The text below helps to find it.</source>
        <translation>这是 Lockstep 的错误。下面的文字有助于找到原因。</translation>
    </message>
    <message>
        <source>{file}: {faults}</source>
        <translation>{file}：{faults}</translation>
    </message>
    <message>
        <source>{file} is saved as typed, but it cannot be opened before this is corrected: {faults}</source>
        <translation>{file} 已按所填内容保存，但在更正以下内容之前无法打开：{faults}</translation>
    </message>
    <message>
        <source>In the Debug view</source>
        <translation>在调试视图中</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>&lt;b&gt;Lockstep&lt;/b&gt;&lt;p&gt;Trains one network twice, by hand-written NumPy and by PyTorch, and compares every number on the way.&lt;/p&gt;&lt;p&gt;torch {torch}, Qt {qt}&lt;/p&gt;</source>
        <translation>&lt;b&gt;Lockstep&lt;/b&gt;&lt;p&gt;把同一个网络训练两遍：一遍用手写的 NumPy，一遍用 PyTorch，并逐一比较途中的每个数。&lt;/p&gt;&lt;p&gt;torch {torch}，Qt {qt}&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Lockstep</source>
        <translation>关于 Lockstep</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>{named}; and {more} more</source>
        <translation>{named}；另有 {more} 处</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>{name}
Double click or F2 to rename</source>
        <translation>{name}
双击或按 F2 重命名</translation>
    </message>
</context>
<context>
    <name>NetworkForm</name>
    <message>
        <source>Add layer</source>
        <translation>添加层</translation>
    </message>
    <message>
        <source>Add a layer at the end</source>
        <translation>在末尾添加一层</translation>
    </message>
    <message>
        <source>Shape of the network</source>
        <translation>网络的形状</translation>
    </message>
    <message>
        <source>Inputs → units per layer</source>
        <translation>输入数 → 各层单元数</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>What training makes small</source>
        <translation>训练要使之变小的量</translation>
    </message>
</context>
<context>
    <name>OptimizerEntry</name>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Runs as</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Optimizer {number}</source>
        <translation>优化器 {number}</translation>
    </message>
    <message>
        <source>Which rule turns gradients into steps</source>
        <translation>按什么规则把梯度变成更新</translation>
    </message>
    <message>
        <source>A name for its curves, where the optimizer&apos;s own is not enough</source>
        <translation>曲线的名称；优化器自身的名称不足以区分时使用</translation>
    </message>
    <message>
        <source>Optimizer {number}, label</source>
        <translation>优化器 {number}，标签</translation>
    </message>
    <message>
        <source>Train it in plain NumPy</source>
        <translation>用纯 NumPy 训练</translation>
    </message>
    <message>
        <source>Train it with PyTorch</source>
        <translation>用 PyTorch 训练</translation>
    </message>
</context>
<context>
    <name>OptimizersForm</name>
    <message>
        <source>Add optimizer</source>
        <translation>添加优化器</translation>
    </message>
    <message>
        <source>Another optimizer that trains from the same start on the same batches</source>
        <translation>再添加一个优化器，从同一起点、用同样的批次训练</translation>
    </message>
</context>
<context>
    <name>ParityStrip</name>
    <message>
        <source>Parity of DIY and torch</source>
        <translation>DIY 与 torch 的一致性</translation>
    </message>
    <message>
        <source>Show in Debug</source>
        <translation>在调试视图中查看</translation>
    </message>
    <message>
        <source>To the line where it first differs (Enter)</source>
        <translation>转到最先出现不一致的那一行 (Enter)</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>From {low:,} to {high:,} MB</source>
        <translation>从 {low:,} 到 {high:,} MB</translation>
    </message>
    <message>
        <source>Memory for going back, in megabytes</source>
        <translation>用于回退的内存，以兆字节计</translation>
    </message>
    <message>
        <source>What a run may take of the memory to remember its steps. Whatever it is, you can go back to every step; with more, a step that is far back is there sooner.</source>
        <translation>一次运行最多可用多少内存来记住走过的步。无论多少，都能回到每一步；内存越多，回到很久以前的一步就越快。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The window&apos;s colours</source>
        <translation>窗口的颜色</translation>
    </message>
    <message>
        <source>Memory for going back</source>
        <translation>用于回退的内存</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>to correct here: {count}</source>
        <translation>此处有 {count} 项待更正</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Source</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Go to this line</source>
        <translation>转到此行</translation>
    </message>
    <message>
        <source>Toggle breakpoint</source>
        <translation>切换断点</translation>
    </message>
    <message>
        <source>Source of {file}</source>
        <translation>{file} 的源代码</translation>
    </message>
</context>
<context>
    <name>StackView</name>
    <message>
        <source>Call stack</source>
        <translation>调用堆栈</translation>
    </message>
    <message>
        <source>The calls outside of these</source>
        <translation>更外层的调用</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}，第 {line} 行</translation>
    </message>
</context>
<context>
    <name>StaleVeil</name>
    <message>
        <source>From before your edit</source>
        <translation>修改前的结果</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>New seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>Which first weights are drawn, as torch draws them: a whole number from 0 to {last}</source>
        <translation>决定初始权重的抽取，与 torch 的抽法相同：0 到 {last} 的整数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Start from other weights</source>
        <translation>换一组初始权重</translation>
    </message>
    <message>
        <source>Given weights</source>
        <translation>指定的权重</translation>
    </message>
    <message>
        <source>Seed or given weights</source>
        <translation>种子或指定的权重</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Shuffle the rows each epoch</source>
        <translation>每轮打乱各行</translation>
    </message>
    <message>
        <source>How many digits every number has: about 7 or about 16</source>
        <translation>每个数的有效位数：约 7 位或约 16 位</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Where the torch lanes compute. The DIY lanes are NumPy on the CPU.</source>
        <translation>torch 通道在何处计算。DIY 通道用 CPU 上的 NumPy。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Rows per step. Leave empty to use all rows in each step.</source>
        <translation>每步使用的行数。留空则每步使用全部行。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Deal the rows out in another order each time through the data</source>
        <translation>每遍历一次数据，就换一种行的顺序</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>Which orders are drawn: a whole number from 0 to {last}</source>
        <translation>决定抽到哪些顺序：0 到 {last} 的整数</translation>
    </message>
    <message>
        <source>Shuffle seed</source>
        <translation>打乱种子</translation>
    </message>
    <message>
        <source>Draw weights from a seed instead</source>
        <translation>改用种子抽取权重</translation>
    </message>
    <message>
        <source>Use the given weights</source>
        <translation>使用指定的权重</translation>
    </message>
    <message>
        <source>Given weights: {names}</source>
        <translation>指定的权重：{names}</translation>
    </message>
</context>
<context>
    <name>StepSlider</name>
    <message>
        <source>Step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>回到起点</translation>
    </message>
    <message>
        <source>To the start, before the first step</source>
        <translation>回到起点，即第一步之前</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Back by one step</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Forward by one recorded step</source>
        <translation>在已记录的步中前进一步</translation>
    </message>
    <message>
        <source>Newest step</source>
        <translation>最新一步</translation>
    </message>
    <message>
        <source>To the newest step</source>
        <translation>到最新一步</translation>
    </message>
    <message>
        <source>Drag to any step of the run: the whole window shows it</source>
        <translation>拖到运行的任意一步：整个窗口随之显示该步</translation>
    </message>
    <message>
        <source>Step shown</source>
        <translation>所显示的步</translation>
    </message>
    <message>
        <source>Type a step to go there</source>
        <translation>输入步数即可转到该步</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>of {newest:,}</source>
        <translation>共 {newest:,} 步</translation>
    </message>
</context>
<context>
    <name>TitleForm</name>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>A name for the experiment</source>
        <translation>实验的名称</translation>
    </message>
    <message>
        <source>Untitled experiment</source>
        <translation>未命名的实验</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Transport</source>
        <translation>运行控制</translation>
    </message>
    <message>
        <source>Number of steps to run</source>
        <translation>要运行的步数</translation>
    </message>
    <message>
        <source>How many steps “Run steps” takes</source>
        <translation>“运行多步”一次走多少步</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>From one step a second to as fast as possible</source>
        <translation>从每秒一步到尽可能快</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Steps per second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>as fast as possible</source>
        <translation>尽可能快</translation>
    </message>
    <message>
        <source>{rate:,g} a second</source>
        <translation>每秒 {rate:,g} 步</translation>
    </message>
    <message>
        <source>Step {step:,}</source>
        <translation>第 {step:,} 步</translation>
    </message>
    <message>
        <source>{speed:,.0f} steps/s</source>
        <translation>{speed:,.0f} 步/秒</translation>
    </message>
</context>
<context>
    <name>TripleMap</name>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>全图</translation>
    </message>
    <message>
        <source>Show the whole matrix again (Home, or a double click)</source>
        <translation>重新显示整个矩阵 (Home 键或双击)</translation>
    </message>
    <message>
        <source>A cell shows the weight that is largest in magnitude of those it covers</source>
        <translation>每格显示其覆盖的权重中绝对值最大的一个</translation>
    </message>
    <message>
        <source>Values of the cell pointed at</source>
        <translation>所指单元格的值</translation>
    </message>
    <message>
        <source>DIY − torch</source>
        <translation>DIY − torch</translation>
    </message>
</context>
<context>
    <name>UpdateBars</name>
    <message>
        <source>The parts of the weight&apos;s change</source>
        <translation>权重变化量的各组成部分</translation>
    </message>
</context>
<context>
    <name>UpdatePanel</name>
    <message>
        <source>How {optimizer} turns it into the change of {element}</source>
        <translation>{optimizer} 如何把它变成 {element} 的变化量</translation>
    </message>
    <message>
        <source>before</source>
        <translation>更新前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>更新后</translation>
    </message>
    <message>
        <source>A number here is not finite, so there is nothing to draw. Go back to where it arose.</source>
        <translation>此处有非有限的数，因此无法绘图。请退回到它出现的地方。</translation>
    </message>
</context>
<context>
    <name>ValueMapsPage</name>
    <message>
        <source>Unit of the difference</source>
        <translation>差值的单位</translation>
    </message>
    <message>
        <source>ULPs count the floating-point numbers between both values</source>
        <translation>ULP 表示两个值之间相隔多少个浮点数</translation>
    </message>
    <message>
        <source>absolute</source>
        <translation>绝对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>The value in DIY, in torch, and the difference</source>
        <translation>DIY 中的值、torch 中的值及两者之差</translation>
    </message>
    <message>
        <source>Point at a cell, or use the arrow keys, to read it.</source>
        <translation>指向单元格或用方向键读取其值。</translation>
    </message>
    <message>
        <source>torch has none</source>
        <translation>torch 中没有</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>没有可比较的对象</translation>
    </message>
    <message>
        <source>Choose a variable to see all of its values here.</source>
        <translation>选择一个变量，即可在此查看它的全部数值。</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>an array without elements</source>
        <translation>没有元素的数组</translation>
    </message>
</context>
<context>
    <name>VariablesModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>The first elements, row by row</source>
        <translation>最前面的几个元素，逐行列出</translation>
    </message>
    <message>
        <source>torch&apos;s value of the same thing, from autograd and torch.optim themselves</source>
        <translation>同一个量在 torch 中的值，直接来自 autograd 和 torch.optim</translation>
    </message>
    <message>
        <source>The largest |DIY − torch| of all elements</source>
        <translation>所有元素中最大的 |DIY − torch|</translation>
    </message>
    <message>
        <source>The same element&apos;s distance in ULPs: floating-point numbers between both values</source>
        <translation>同一元素以 ULP 计的距离：两个值之间相隔多少个浮点数</translation>
    </message>
    <message>
        <source>torch has none</source>
        <translation>torch 中没有</translation>
    </message>
    <message>
        <source>{verdict}; farthest apart at {place}</source>
        <translation>{verdict}；相差最大处：{place}</translation>
    </message>
    <message>
        <source>{name}, just made</source>
        <translation>{name}，刚刚产生</translation>
    </message>
</context>
<context>
    <name>VariablesPage</name>
    <message>
        <source>Variables of the function</source>
        <translation>函数的变量</translation>
    </message>
    <message>
        <source>Look at the values</source>
        <translation>查看数值</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Run and debugger</source>
        <translation>运行与调试器</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>调试</translation>
    </message>
    <message>
        <source>The run as a whole: loss, and heatmaps below (Ctrl+1)</source>
        <translation>整个运行：损失，以及下方的热图 (Ctrl+1)</translation>
    </message>
    <message>
        <source>One training step, line by line, in both directions (Ctrl+2)</source>
        <translation>一个训练步，逐行走，可前进可后退 (Ctrl+2)</translation>
    </message>
</context>
<context>
    <name>_Picture</name>
    <message>
        <source>Stages of the step</source>
        <translation>这一步的各阶段</translation>
    </message>
    <message>
        <source>Stages of the step: {stage} {mark}</source>
        <translation>这一步的各阶段：{stage} {mark}</translation>
    </message>
    <message>
        <source>Forward →</source>
        <translation>前向 →</translation>
    </message>
    <message>
        <source>← Backward</source>
        <translation>← 反向</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
</context>
<context>
    <name>branches</name>
    <message>
        <source>steps {start}–{end}</source>
        <translation>第 {start}–{end} 步</translation>
    </message>
    <message>
        <source>Branch {number}</source>
        <translation>分支 {number}</translation>
    </message>
</context>
<context>
    <name>breakpoints</name>
    <message>
        <source>Line {line} of {file}: {source}</source>
        <translation>{file} 第 {line} 行：{source}</translation>
    </message>
    <message>
        <source>Line {line} of {file}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>Before the affine part of any layer</source>
        <translation>任一层的仿射部分之前</translation>
    </message>
    <message>
        <source>Before the activation of any layer</source>
        <translation>任一层的激活之前</translation>
    </message>
    <message>
        <source>Before the loss</source>
        <translation>损失之前</translation>
    </message>
    <message>
        <source>Before the backward pass of any layer</source>
        <translation>任一层的反向传播之前</translation>
    </message>
    <message>
        <source>Before the update of any layer</source>
        <translation>任一层的更新之前</translation>
    </message>
    <message>
        <source>Before the affine part of layer {layer}</source>
        <translation>第 {layer} 层的仿射部分之前</translation>
    </message>
    <message>
        <source>Before the activation of layer {layer}</source>
        <translation>第 {layer} 层的激活之前</translation>
    </message>
    <message>
        <source>Before the backward pass of layer {layer}</source>
        <translation>第 {layer} 层的反向传播之前</translation>
    </message>
    <message>
        <source>Before the update of layer {layer}</source>
        <translation>第 {layer} 层的更新之前</translation>
    </message>
    <message>
        <source>{quantity} of {lane}</source>
        <translation>{quantity} ({lane})</translation>
    </message>
    <message>
        <source>{what} &lt; {value}</source>
        <translation>{what} &lt; {value}</translation>
    </message>
    <message>
        <source>{what} &gt; {value}</source>
        <translation>{what} &gt; {value}</translation>
    </message>
    <message>
        <source>{what} becomes NaN or infinite</source>
        <translation>{what} 变为 NaN 或无穷大</translation>
    </message>
    <message>
        <source>{what} rises by more than a factor of {value}</source>
        <translation>{what} 升到上一步的 {value} 倍以上</translation>
    </message>
    <message>
        <source>any pair</source>
        <translation>任一对通道</translation>
    </message>
    <message>
        <source>any lane</source>
        <translation>任一通道</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>某一行</translation>
    </message>
    <message>
        <source>A stage</source>
        <translation>某个阶段</translation>
    </message>
    <message>
        <source>A condition</source>
        <translation>某个条件</translation>
    </message>
    <message>
        <source>Affine part</source>
        <translation>仿射部分</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Backward pass</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Any layer</source>
        <translation>任一层</translation>
    </message>
    <message>
        <source>Layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Weight norm</source>
        <translation>权重范数</translation>
    </message>
    <message>
        <source>Parity</source>
        <translation>最大差异</translation>
    </message>
    <message>
        <source>Parity in ULPs</source>
        <translation>最大差异 (ULP)</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>小于</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>大于</translation>
    </message>
    <message>
        <source>becomes NaN or infinite</source>
        <translation>变为 NaN 或无穷大</translation>
    </message>
    <message>
        <source>rises by more than a factor of</source>
        <translation>升到上一步的若干倍以上</translation>
    </message>
    <message>
        <source>Each time before this line runs.</source>
        <translation>每次在此行执行之前。</translation>
    </message>
    <message>
        <source>In each step, before the first line of this stage.</source>
        <translation>每一步中，在此阶段的第一行之前。</translation>
    </message>
    <message>
        <source>The step&apos;s loss, before its update.</source>
        <translation>这一步更新之前的损失。</translation>
    </message>
    <message>
        <source>How long all gradients of the step are as one vector (L2 norm).</source>
        <translation>把这一步的所有梯度合为一个向量时的长度 (L2 范数)。</translation>
    </message>
    <message>
        <source>How long all weights after the update are as one vector (L2 norm).</source>
        <translation>把更新之后的所有权重合为一个向量时的长度 (L2 范数)。</translation>
    </message>
    <message>
        <source>The largest difference between DIY and torch at the step.</source>
        <translation>这一步中 DIY 与 torch 之间最大的差值。</translation>
    </message>
    <message>
        <source>The largest difference between DIY and torch at the step, in units in the last place.</source>
        <translation>这一步中 DIY 与 torch 之间最大的差值，以 ULP (末位单位) 计。</translation>
    </message>
    <message>
        <source>The learning rate that the step&apos;s update takes.</source>
        <translation>这一步的更新所用的学习率。</translation>
    </message>
    <message>
        <source>from {needed}</source>
        <translation>从第 {needed} 次起</translation>
    </message>
    <message>
        <source>{count:,} of {needed}</source>
        <translation>{count:,} / {needed}</translation>
    </message>
</context>
<context>
    <name>chain</name>
    <message>
        <source>{verdict}, {distance} apart ({count} ULP)</source>
        <translation>{verdict}，相差 {distance} ({count} ULP)</translation>
    </message>
</context>
<context>
    <name>choices</name>
    <message>
        <source>Identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>Sigmoid</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>Softplus</source>
        <translation>Softplus</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>Mean absolute error (L1)</source>
        <translation>平均绝对误差 (L1)</translation>
    </message>
    <message>
        <source>Smooth L1</source>
        <translation>平滑 L1</translation>
    </message>
    <message>
        <source>Huber</source>
        <translation>Huber</translation>
    </message>
    <message>
        <source>Binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>Cross-entropy (classes)</source>
        <translation>交叉熵 (类别)</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>NVIDIA GPU (cuda)</source>
        <translation>NVIDIA GPU (cuda)</translation>
    </message>
    <message>
        <source>Apple GPU (mps)</source>
        <translation>Apple GPU (mps)</translation>
    </message>
    <message>
        <source>DIY</source>
        <translation>DIY</translation>
    </message>
    <message>
        <source>torch</source>
        <translation>torch</translation>
    </message>
</context>
<context>
    <name>debug</name>
    <message>
        <source>returned</source>
        <translation>返回值</translation>
    </message>
    <message>
        <source>min {low}, mean {mean}, max {high}</source>
        <translation>最小 {low}，平均 {mean}，最大 {high}</translation>
    </message>
    <message>
        <source>DIY: {numbers}</source>
        <translation>DIY：{numbers}</translation>
    </message>
    <message>
        <source>torch: {numbers}</source>
        <translation>torch：{numbers}</translation>
    </message>
    <message>
        <source>{function} (layer {number})</source>
        <translation>{function} (第 {number} 层)</translation>
    </message>
    <message>
        <source>affine</source>
        <translation>仿射</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>layer {number}, {stage}</source>
        <translation>第 {number} 层，{stage}</translation>
    </message>
    <message>
        <source>The layer weighs its inputs and adds them up: z = x Wᵀ, plus b where it has a bias.</source>
        <translation>该层对输入加权求和：z = x Wᵀ，有偏置时再加 b。</translation>
    </message>
    <message>
        <source>The activation turns the sums into outputs: a = f(z).</source>
        <translation>激活函数把加权和变为输出：a = f(z)。</translation>
    </message>
    <message>
        <source>The loss says how far the output is from what it should be.</source>
        <translation>损失衡量输出与应有的值相差多远。</translation>
    </message>
    <message>
        <source>The chain rule goes back: how the loss changes with each of the layer&apos;s weights.</source>
        <translation>链式法则反向推进：损失随该层的每个权重如何变化。</translation>
    </message>
    <message>
        <source>The optimizer moves the layer&apos;s weights against their gradients.</source>
        <translation>优化器让该层的权重沿梯度的反方向移动。</translation>
    </message>
</context>
<context>
    <name>examples</name>
    <message>
        <source>The article&apos;s experiment</source>
        <translation>文章中的实验</translation>
    </message>
    <message>
        <source>Fisher&apos;s irises (1936): setosa 0, versicolor 1, virginica 2, by sepal and petal length and width in cm</source>
        <translation>费希尔的鸢尾花 (1936)：山鸢尾 0、变色鸢尾 1、维吉尼亚鸢尾 2，按萼片和花瓣的长与宽 (厘米)</translation>
    </message>
    <message>
        <source>Stopping distances of cars in the 1920s (Ezekiel 1930): speed in 10 mph, distance in 10 ft</source>
        <translation>1920 年代汽车的刹车距离 (Ezekiel 1930)：速度以 10 英里/时计，距离以 10 英尺计</translation>
    </message>
    <message>
        <source>Exclusive or: the smallest problem that needs a hidden layer</source>
        <translation>异或：需要隐藏层的最小问题</translation>
    </message>
</context>
<context>
    <name>faults</name>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>ragged rows</source>
        <translation>长短不一的行</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>a number has too many digits</source>
        <translation>有数字的位数过多</translation>
    </message>
    <message>
        <source>not an ordinary file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>Expecting value</source>
        <translation>此处应有一个值</translation>
    </message>
    <message>
        <source>Expecting &apos;,&apos; delimiter</source>
        <translation>此处应有逗号“,”</translation>
    </message>
    <message>
        <source>Expecting &apos;:&apos; delimiter</source>
        <translation>此处应有冒号“:”</translation>
    </message>
    <message>
        <source>Expecting property name enclosed in double quotes</source>
        <translation>此处应有用双引号括起的属性名</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of object</source>
        <translation>对象末尾有多余的逗号</translation>
    </message>
    <message>
        <source>Illegal trailing comma before end of array</source>
        <translation>数组末尾有多余的逗号</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>末尾有多余的内容</translation>
    </message>
    <message>
        <source>Unterminated string starting at</source>
        <translation>字符串没有结束，始于</translation>
    </message>
    <message>
        <source>Invalid control character at</source>
        <translation>有不允许的控制字符</translation>
    </message>
    <message>
        <source>Unexpected UTF-8 BOM (decode using utf-8-sig)</source>
        <translation>开头有多余的 UTF-8 字节顺序标记</translation>
    </message>
    <message>
        <source>a list of {count} numbers</source>
        <translation>含 {count} 个数字的列表</translation>
    </message>
    <message>
        <source> — did you mean {name}?</source>
        <translation>——是否想写 {name}？</translation>
    </message>
    <message>
        <source>{low} and {high}</source>
        <translation>{low} 且 {high}</translation>
    </message>
    <message>
        <source>{name} stands twice in an object</source>
        <translation>{name} 在同一对象中出现两次</translation>
    </message>
    <message>
        <source>{what}: line {line}, column {column}</source>
        <translation>{what}：第 {line} 行第 {column} 列</translation>
    </message>
    <message>
        <source>is empty: {expected} is needed here</source>
        <translation>为空：此处需要{expected}</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>is not a known field{nearest}</source>
        <translation>不是已知的字段{nearest}</translation>
    </message>
    <message>
        <source>must be {expected}, not {given}</source>
        <translation>必须是{expected}，而不是 {given}</translation>
    </message>
    <message>
        <source>must be a finite number, not {given}</source>
        <translation>必须是有限的数，而不是 {given}</translation>
    </message>
    <message>
        <source>must be {accepted}, not {given}</source>
        <translation>必须 {accepted}，而不是 {given}</translation>
    </message>
    <message>
        <source>is not one of {known}: {given}{nearest}</source>
        <translation>{given} 不在可选项 {known} 之中{nearest}</translation>
    </message>
    <message>
        <source>needs at least one entry</source>
        <translation>至少需要一项</translation>
    </message>
    <message>
        <source>is too long: {length} characters, at most {limit}</source>
        <translation>过长：有 {length} 个字符，最多 {limit} 个</translation>
    </message>
    <message>
        <source>has too many entries: {count}, at most {limit}</source>
        <translation>项数过多：有 {count} 项，最多 {limit} 项</translation>
    </message>
    <message>
        <source>may not hold “/”, “\” or control characters, nor begin with = + - @, nor be . or ..</source>
        <translation>不得含有“/”、“\”或控制字符，不得以 = + - @ 开头，也不得是 . 或 ..</translation>
    </message>
    <message>
        <source>is used by another optimizer already: {given}</source>
        <translation>已被另一个优化器使用：{given}</translation>
    </message>
    <message>
        <source>names a backend twice: {given}</source>
        <translation>同一后端写了两次：{given}</translation>
    </message>
    <message>
        <source>has {found} values in row {row}, but row 1 has {expected}</source>
        <translation>第 {row} 行有 {found} 个值，而第 1 行有 {expected} 个</translation>
    </message>
    <message>
        <source>has {y_rows} rows, but x has {x_rows}</source>
        <translation>有 {y_rows} 行，而 x 有 {x_rows} 行</translation>
    </message>
    <message>
        <source>has {found} columns, but the last layer has {expected} units</source>
        <translation>有 {found} 列，而最后一层有 {expected} 个单元</translation>
    </message>
    <message>
        <source>must be a list of class numbers, one a row, for the loss cross_entropy</source>
        <translation>损失为 cross_entropy 时，必须是类别编号的列表，每行一个</translation>
    </message>
    <message>
        <source>must be rows of numbers for the loss {loss}: class numbers are for cross_entropy</source>
        <translation>损失为 {loss} 时，必须是数字组成的行：类别编号只用于 cross_entropy</translation>
    </message>
    <message>
        <source>has class {given} in row {row}; the last layer&apos;s {classes} units allow 0 to {last}</source>
        <translation>第 {row} 行的类别为 {given}；最后一层有 {classes} 个单元，只允许 0 到 {last}</translation>
    </message>
    <message>
        <source>must lie between 0 and 1 for the loss bce; row {row} has {given}</source>
        <translation>损失为 bce 时必须在 0 与 1 之间；第 {row} 行为 {given}</translation>
    </message>
    <message>
        <source>is no weight of this network; it has {known}</source>
        <translation>不是此网络的权重；此网络有 {known}</translation>
    </message>
    <message>
        <source>has no place here, as the loss is of no layer: {given}</source>
        <translation>此处不能填写 {given}：损失不属于任何一层</translation>
    </message>
    <message>
        <source>has no place here, as not_finite compares with nothing: {given}</source>
        <translation>此处不能填写 {given}：not_finite 不与任何数比较</translation>
    </message>
    <message>
        <source>needs an optimizer that runs both as DIY and as torch; none does: {given}</source>
        <translation>需要同时以 DIY 和 torch 运行的优化器，但没有这样的优化器：{given}</translation>
    </message>
    <message>
        <source>has shape {found}, but {expected} is needed</source>
        <translation>形状为 {found}，而需要的是 {expected}</translation>
    </message>
    <message>
        <source>needs a momentum above 0 and a dampening of 0</source>
        <translation>要求动量大于 0 且阻尼为 0</translation>
    </message>
    <message>
        <source>would need about {needed} of memory; {available} are free</source>
        <translation>约需 {needed} 内存；可用的只有 {available}</translation>
    </message>
    <message>
        <source>is {given}: this version of Lockstep reads schema {known}</source>
        <translation>为 {given}：此版本的 Lockstep 读取的格式版本是 {known}</translation>
    </message>
    <message>
        <source>is not available on this machine: {given}; available: {known}</source>
        <translation>本机没有 {given}；可用的有：{known}</translation>
    </message>
    <message>
        <source>is not valid JSON: {detail}</source>
        <translation>不是有效的 JSON：{detail}</translation>
    </message>
    <message>
        <source>is not a UTF-8 text file</source>
        <translation>不是 UTF-8 文本文件</translation>
    </message>
    <message>
        <source>is too large a file for an experiment: at most {limit}</source>
        <translation>文件过大，不能作为实验：最多 {limit}</translation>
    </message>
    <message>
        <source>cannot be written to: {detail}</source>
        <translation>无法写入：{detail}</translation>
    </message>
    <message>
        <source>cannot be read: {detail}</source>
        <translation>无法读取：{detail}</translation>
    </message>
</context>
<context>
    <name>hyperparameters</name>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Accepted: {range}</source>
        <translation>可接受：{range}</translation>
    </message>
    <message>
        <source>torch&apos;s default: {default}</source>
        <translation>torch 的默认值：{default}</translation>
    </message>
    <message>
        <source>A change of it needs a reset of the run.</source>
        <translation>更改后须重置运行。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step goes. Too small: training crawls. Too large: the loss jumps about or explodes.</source>
        <translation>每一步走多远。太小：训练缓慢；太大：损失来回跳动，甚至爆炸。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How much of the last step&apos;s velocity is kept: 0.9 keeps nine tenths.</source>
        <translation>保留上一步速度的多少：0.9 表示保留十分之九。</translation>
    </message>
    <message>
        <source>Dampening</source>
        <translation>阻尼</translation>
    </message>
    <message>
        <source>How much of the new gradient is held back from the velocity.</source>
        <translation>新梯度中有多少不计入速度。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls every weight towards 0 by adding this share of the weight to its gradient (an L2 penalty).</source>
        <translation>把权重乘以此比例加到其梯度上，使每个权重向 0 靠拢 (即 L2 惩罚)。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>Look ahead: step along the velocity as it will be. Needs momentum, no dampening.</source>
        <translation>向前看一步：沿着即将达到的速度更新。需要动量，且不能有阻尼。</translation>
    </message>
    <message>
        <source>Maximize</source>
        <translation>最大化</translation>
    </message>
    <message>
        <source>Climb the loss instead of descending it.</source>
        <translation>让损失上升而不是下降。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How much of the running mean of gradients is kept each step: 0.9 averages over about 10 steps.</source>
        <translation>每步保留梯度滑动平均的多少：0.9 约相当于对 10 步取平均。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How much of the running mean of squared gradients is kept: 0.999 averages over about 1,000 steps.</source>
        <translation>每步保留梯度平方滑动平均的多少：0.999 约相当于对 1,000 步取平均。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>A small number added to the divisor, so that a gradient near 0 never divides by 0.</source>
        <translation>加在除数上的一个小数，使梯度接近 0 时也不会除以 0。</translation>
    </message>
    <message>
        <source>AMSGrad</source>
        <translation>AMSGrad</translation>
    </message>
    <message>
        <source>Divide by the largest running mean of squared gradients so far, so that the step size never grows again.</source>
        <translation>除以迄今为止最大的梯度平方滑动平均，使步长不再变大。</translation>
    </message>
    <message>
        <source>Shrinks every weight by the learning rate times this share each step, apart from the gradient.</source>
        <translation>每步使每个权重按学习率乘以此比例缩小，与梯度无关。</translation>
    </message>
</context>
<context>
    <name>loss</name>
    <message>
        <source>⚠ no finite number from step {step}</source>
        <translation>⚠ 从第 {step} 步起不是有限的数</translation>
    </message>
    <message>
        <source>⚠ zero or less from step {step}: no logarithm</source>
        <translation>⚠ 从第 {step} 步起不大于零：没有对数</translation>
    </message>
    <message>
        <source>Press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
    <message>
        <source>Every lane is hidden: click one in the legend</source>
        <translation>所有通道都已隐藏：请在图例中单击一条</translation>
    </message>
    <message>
        <source>No loss here can be drawn on this scale</source>
        <translation>此处的损失无法用此坐标绘出</translation>
    </message>
    <message>
        <source>shown, step {step}</source>
        <translation>所显示，第 {step} 步</translation>
    </message>
    <message>
        <source>shown: the start</source>
        <translation>所显示：起点</translation>
    </message>
    <message>
        <source>newest, step {step}</source>
        <translation>最新，第 {step} 步</translation>
    </message>
    <message>
        <source>Drag a rectangle to zoom; a double click shows the whole run again.
Ctrl+click, or Enter at the crosshair (← →), shows the whole window at that step.</source>
        <translation>拖出矩形以放大；双击可重新显示整个运行。
按住 Ctrl 单击，或在十字线处 (← →) 按 Enter，整个窗口便显示该步。</translation>
    </message>
</context>
<context>
    <name>maps</name>
    <message>
        <source>{backend} does not run with this optimizer</source>
        <translation>此优化器没有运行 {backend}</translation>
    </message>
    <message>
        <source>{what}: none before the first step</source>
        <translation>{what}：第一步之前没有</translation>
    </message>
    <message>
        <source>{what}: not used with these settings</source>
        <translation>{what}：当前设置下不使用</translation>
    </message>
    <message>
        <source>Nothing to compare with</source>
        <translation>没有可比较的对象</translation>
    </message>
    <message>
        <source>{count} ULP</source>
        <translation>{count} ULP</translation>
    </message>
    <message>
        <source>1 cell = {rows}×{columns} weights</source>
        <translation>1 格 = {rows}×{columns} 个权重</translation>
    </message>
</context>
<context>
    <name>parity</name>
    <message>
        <source>rounding drift since step {step}: max |Δ| {distance}; one step from the same state agrees</source>
        <translation>从第 {step} 步起有舍入漂移：最大 |Δ| {distance}；从相同状态走一步，结果一致</translation>
    </message>
    <message>
        <source>nothing compared before the first step</source>
        <translation>第一步之前没有可比较的数</translation>
    </message>
    <message>
        <source>in lockstep, max |Δ| {distance}</source>
        <translation>步调一致，最大 |Δ| {distance}</translation>
    </message>
    <message>
        <source>no pair: only {backend} runs</source>
        <translation>不成对：只运行 {backend}</translation>
    </message>
    <message>
        <source>press Run or Step to begin</source>
        <translation>按“运行”或“单步”开始</translation>
    </message>
    <message>
        <source>differs since step {step}: max |Δ| {distance}</source>
        <translation>从第 {step} 步起不一致：最大 |Δ| {distance}</translation>
    </message>
    <message>
        <source>differs at step {step}, stage {stage}, {place}: DIY {diy}, torch {torch}</source>
        <translation>在第 {step} 步、阶段 {stage}、{place} 处不一致：DIY {diy}，torch {torch}</translation>
    </message>
    <message>
        <source>max |Δ|</source>
        <translation>最大 |Δ|</translation>
    </message>
    <message>
        <source>relative</source>
        <translation>相对</translation>
    </message>
    <message>
        <source>ULPs</source>
        <translation>ULP</translation>
    </message>
    <message>
        <source>where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Largest |Δ| of the run: {distance}</source>
        <translation>整个运行中最大的 |Δ|：{distance}</translation>
    </message>
    <message>
        <source>Left the tolerance at step {step}, {place}: |Δ| {distance}</source>
        <translation>在第 {step} 步、{place} 处超出容差：|Δ| {distance}</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Optimizer state</source>
        <translation>优化器状态</translation>
    </message>
    <message>
        <source>{distance} ({count} ULP)</source>
        <translation>{distance} ({count} ULP)</translation>
    </message>
</context>
<context>
    <name>parts</name>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>bias correction</source>
        <translation>偏差修正</translation>
    </message>
    <message>
        <source>scaling</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>decoupled decay</source>
        <translation>解耦权重衰减</translation>
    </message>
    <message>
        <source>rounding</source>
        <translation>舍入</translation>
    </message>
    <message>
        <source>change Δw</source>
        <translation>变化量 Δw</translation>
    </message>
    <message>
        <source>The learning rate times the gradient: all that plain descent would do.</source>
        <translation>学习率乘以梯度：普通的梯度下降所做的仅此而已。</translation>
    </message>
    <message>
        <source>A share of the weight is added to its gradient, which pulls it to 0.</source>
        <translation>把权重的一部分加到其梯度上，使权重向 0 靠拢。</translation>
    </message>
    <message>
        <source>What earlier gradients add to this one: the step keeps its course.</source>
        <translation>以前的梯度对这一步的贡献：更新保持原来的方向。</translation>
    </message>
    <message>
        <source>The running mean began at 0 and is still too small: the correction makes up for it.</source>
        <translation>滑动平均从 0 开始，目前仍然偏小：由偏差修正来补足。</translation>
    </message>
    <message>
        <source>Divided by the gradient&apos;s usual size √v, large gradients get smaller steps and small ones larger.</source>
        <translation>除以梯度通常的大小 √v：大的梯度步子变小，小的梯度步子变大。</translation>
    </message>
    <message>
        <source>Shrinks the weight by the rate times weight decay, on its own.</source>
        <translation>按学习率乘以权重衰减，单独使权重缩小。</translation>
    </message>
    <message>
        <source>What floating-point numbers could not hold: computed exactly, the parts would add up without it.</source>
        <translation>浮点数容纳不下的零头：若精确计算，各部分无需它也能正好加起来。</translation>
    </message>
    <message>
        <source>All parts added up: by this much the weight has changed.</source>
        <translation>各部分之和：权重改变了这么多。</translation>
    </message>
</context>
<context>
    <name>places</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Schema number</source>
        <translation>格式版本号</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>shuffle seed</source>
        <translation>打乱种子</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>given weights</source>
        <translation>指定的权重</translation>
    </message>
    <message>
        <source>shuffle</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>hyperparameters</source>
        <translation>超参数</translation>
    </message>
    <message>
        <source>“Runs as”</source>
        <translation>“运行方式”</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>switched on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>hit</source>
        <translation>命中次数</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>量</translation>
    </message>
    <message>
        <source>lane</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>{place} {text}</source>
        <translation>{place}：{text}</translation>
    </message>
    <message>
        <source>row {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>layer {number}</source>
        <translation>第 {number} 层</translation>
    </message>
    <message>
        <source>entry {number}</source>
        <translation>第 {number} 项</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>The loss turns the distance between the network&apos;s answers and the right ones into a single number: the one that training makes small.</source>
        <translation>损失把网络的答案与正确答案之间的距离变成一个数：训练就是要使它变小。</translation>
    </message>
    <message>
        <source>The chain rule goes back through layer {layer}: how the loss changes with each output, times how the output changes with z, times how z changes with each weight.</source>
        <translation>链式法则反向穿过第 {layer} 层：损失对每个输出的导数，乘以输出对 z 的导数，再乘以 z 对每个权重的导数。</translation>
    </message>
    <message>
        <source>Layer {layer} weighs its inputs and adds them up: each unit&apos;s z is the sum of all inputs, each times its weight, plus the unit&apos;s bias where it has one.</source>
        <translation>第 {layer} 层对输入加权求和：每个单元的 z 等于所有输入各乘以其权重之和，有偏置时再加上该单元的偏置。</translation>
    </message>
    <message>
        <source>Layer {layer} turns each sum z into the unit&apos;s output a. Without a bend here, many layers could do no more than one.</source>
        <translation>第 {layer} 层把每个加权和 z 变为该单元的输出 a。这里若没有非线性，再多的层也不比一层能做得更多。</translation>
    </message>
    <message>
        <source>SGD moves each weight of layer {layer} a little against its gradient, by the learning rate times the gradient; with momentum, the direction of the steps before counts too.</source>
        <translation>SGD 让第 {layer} 层的每个权重沿其梯度的反方向移动一点，移动量为学习率乘以梯度；有动量时，还要计入前几步的方向。</translation>
    </message>
    <message>
        <source>Adam moves each weight of layer {layer} along the running mean m of its gradients, divided by their usual size √v: so every weight takes steps of about the learning rate.</source>
        <translation>Adam 让第 {layer} 层的每个权重逆着其梯度的滑动平均 m 移动，并除以梯度通常的大小 √v：因此每个权重每步的移动量都约等于学习率。</translation>
    </message>
    <message>
        <source>AdamW first shrinks each weight of layer {layer} a little, apart from the gradient, and then takes Adam&apos;s step: the mean gradient m over its usual size √v.</source>
        <translation>AdamW 先让第 {layer} 层的每个权重缩小一点，与梯度无关，再走 Adam 的一步：梯度的平均 m 除以其通常的大小 √v。</translation>
    </message>
    <message>
        <source>{optimizer} turns the gradient of each weight of layer {layer} into a step, and takes it.</source>
        <translation>{optimizer} 把第 {layer} 层每个权重的梯度变成一步更新，并执行它。</translation>
    </message>
    <message>
        <source>The step is over: the weights have moved, and the next step begins with the new ones.</source>
        <translation>这一步已结束：权重都已更新，下一步从新的权重开始。</translation>
    </message>
</context>
<context>
    <name>stops</name>
    <message>
        <source>Stopped in step {step}.</source>
        <translation>已在第 {step} 步停止。</translation>
    </message>
    <message>
        <source>Stopped in step {step}. {why}</source>
        <translation>已在第 {step} 步停止。{why}</translation>
    </message>
    <message>
        <source>Stopped in step {step}, before its update. {why}</source>
        <translation>已在第 {step} 步的更新之前停止。{why}</translation>
    </message>
    <message>
        <source>Stopped in step {step}, before its update. {why}: {value} in {lane}</source>
        <translation>已在第 {step} 步的更新之前停止。{why}：{lane} 为 {value}</translation>
    </message>
    <message>
        <source>stage {stage}</source>
        <translation>阶段 {stage}</translation>
    </message>
    <message>
        <source>{file} line {line}</source>
        <translation>{file} 第 {line} 行</translation>
    </message>
    <message>
        <source>lane {lane}</source>
        <translation>通道 {lane}</translation>
    </message>
    <message>
        <source>A number that is not finite arose in step {step}: {where}. The weights are those before the update; the run can go on.</source>
        <translation>第 {step} 步出现了非有限的数：{where}。权重仍是更新之前的值；运行可以继续。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>After step {step}: {label} {change}</source>
        <translation>第 {step} 步之后：{label} {change}</translation>
    </message>
    <message>
        <source>Fork after step {step}: {name}</source>
        <translation>第 {step} 步之后分叉：{name}</translation>
    </message>
    <message>
        <source>Stopped before the update of step {step}</source>
        <translation>在第 {step} 步的更新之前停止</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>verdicts</name>
    <message>
        <source>equal bit for bit</source>
        <translation>逐位相等</translation>
    </message>
    <message>
        <source>equal within rounding</source>
        <translation>在舍入范围内相等</translation>
    </message>
    <message>
        <source>rounding drift: one step from the same state agrees</source>
        <translation>舍入漂移：从相同状态走一步，结果一致</translation>
    </message>
    <message>
        <source>differs, even from the same state</source>
        <translation>不一致，即使从相同状态出发</translation>
    </message>
    <message>
        <source>torch has none</source>
        <translation>torch 中没有</translation>
    </message>
    <message>
        <source>{distance} ({count} ULP)</source>
        <translation>{distance} ({count} ULP)</translation>
    </message>
    <message>
        <source>This is no number: there is nothing to compare.</source>
        <translation>这不是数：没有可比较的。</translation>
    </message>
    <message>
        <source>torch has no number to lay beside this one: it computes the step without this intermediate, or keeps it to itself. What it does have is compared where it is made.</source>
        <translation>torch 没有可与之对照的数：它计算这一步时不产生这个中间量，或者不对外公开。torch 所具有的量，在其产生之处进行比较。</translation>
    </message>
</context>
<context>
    <name>views</name>
    <message>
        <source>DIY</source>
        <translation>DIY</translation>
    </message>
</context>
</TS>
